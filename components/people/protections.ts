import type { TeamView } from "#lib/queries/list-people.ts";

export type ProtectionKey =
  | "openerMaySign"
  | "deployerMaySign"
  | "mayHoldSeveralRoles"
  | "secondFactorRequired";

/** A rule about a team's signatures, said so that it protects while it is on. */
export type Protection = {
  readonly key: ProtectionKey;
  readonly title: string;
  readonly isOn: (team: TeamView) => boolean;
  /** What holds from then on. */
  readonly whenOn: string;
  readonly whenOff: string;
};

export const PROTECTIONS: readonly Protection[] = [
  {
    key: "openerMaySign",
    title: "Opener does not sign",
    isOn: ({ openerMaySign }) => !openerMaySign,
    whenOn: "Whoever opens a deployment from now on does not sign it.",
    whenOff:
      "Whoever opens a deployment from now on may sign it too; its record says that the rule was relaxed.",
  },
  {
    key: "deployerMaySign",
    title: "Deployer does not sign",
    isOn: ({ deployerMaySign }) => !deployerMaySign,
    whenOn: "Whoever is named as deployer does not sign, on deployments opened from now on.",
    whenOff:
      "Whoever is named as deployer may sign too, on deployments opened from now on; their records say that the rule was relaxed.",
  },
  {
    key: "mayHoldSeveralRoles",
    title: "One signature a person",
    isOn: ({ mayHoldSeveralRoles }) => !mayHoldSeveralRoles,
    whenOn: "Nobody signs one deployment in two roles, on deployments opened from now on.",
    whenOff:
      "One person may sign in several roles, on deployments opened from now on; their records say that the rule was relaxed.",
  },
  {
    key: "secondFactorRequired",
    title: "Second factor to sign",
    isOn: ({ secondFactorRequired }) => secondFactorRequired,
    whenOn: "Every signature needs a passkey, or a one-time code beside the password, from now on.",
    whenOff: "A password alone is enough to sign, from now on.",
  },
];
