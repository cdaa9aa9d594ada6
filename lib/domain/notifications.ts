/** What people and teams are told of, how it reads, and how somebody hears who chose nothing. */
export const NOTIFICATION_KINDS = {
  turn: {
    title: "Signature awaited",
    about: "A sign-off waits for a role of yours, or still waits.",
    usual: "mail",
  },
  "break-glass": {
    title: "Break glass",
    about: "Somebody asks to break the glass where you may confirm it, or it was confirmed.",
    usual: "mail",
  },
  rollback: { title: "Rollback", about: "A rollback began in your team.", usual: "mail" },
  escalation: {
    title: "Signature overdue",
    about: "For team leads: a signature has been awaited for too long.",
    usual: "mail",
  },
  mention: { title: "Mention in a comment", about: "Somebody named you in a comment.", usual: "mail" },
  approval: {
    title: "Approval or rejection",
    about: "Given, refused or void on a record that you opened or deploy.",
    usual: "app",
  },
  assigned: { title: "Item assigned", about: "Items of a checklist became yours.", usual: "app" },
  check: {
    title: "Failing check",
    about:
      "A live check begins to fail on a record that you opened or deploy; one of a completed phase on a record that you lead, too.",
    usual: "app",
  },
  reopened: {
    title: "Phase reopened",
    about: "Of a record that you opened, deploy, signed or lead.",
    usual: "app",
  },
  completed: {
    title: "Deployment completed",
    about: "A record that you opened, deploy, signed or lead.",
    usual: "app",
  },
  freeze: { title: "Freeze lifted", about: "For a record that you opened, deploy or lead.", usual: "app" },
  retention: {
    title: "Retention changed",
    about: "For auditors and admins of all teams: how long records are kept was changed.",
    usual: "mail",
  },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly about: string; readonly usual: Way }>
>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** The ways by which somebody hears of one kind; each but `off` shows it in the app too. */
export const WAYS = ["app", "mail", "digest", "off"] as const;

export type Way = (typeof WAYS)[number];

/** As the heads of columns. */
export const WAY_TITLES: Readonly<Record<Way, string>> = {
  app: "App",
  mail: "E-mail",
  digest: "Daily",
  off: "Off",
};

/** Whether a way needs an installation that sends mail. */
export function needsMail(way: Way): boolean {
  return way === "mail" || way === "digest";
}

export function isNotificationKind(kind: string): kind is NotificationKind {
  return kind in NOTIFICATION_KINDS;
}

export const ALL_NOTIFICATION_KINDS: readonly NotificationKind[] =
  Object.keys(NOTIFICATION_KINDS).filter(isNotificationKind);

/** What a team's channels can be told of: what is of a record. */
export const TEAM_NOTIFICATION_KINDS = ALL_NOTIFICATION_KINDS.filter((kind) => kind !== "retention");
