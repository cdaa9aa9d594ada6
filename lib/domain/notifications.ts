/** What people are told of, how it reads on the account page, and how somebody hears who chose nothing. */
export const NOTIFICATION_KINDS = {
  turn: {
    title: "Your turn to sign",
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
    title: "Nobody signs",
    about: "For team leads: a signature has been awaited for too long.",
    usual: "mail",
  },
  mention: { title: "Mentions", about: "Somebody named you in a comment.", usual: "mail" },
  approval: {
    title: "Approvals",
    about: "Given, refused or void on a record that you opened or deploy.",
    usual: "app",
  },
  assigned: { title: "Assigned to you", about: "Items of a checklist became yours.", usual: "app" },
  check: {
    title: "Failing checks",
    about:
      "A live check begins to fail on a record that you opened or deploy; one of a completed phase on a record that you lead, too.",
    usual: "app",
  },
  reopened: {
    title: "Reopened phases",
    about: "Of a record that you opened, deploy, signed or lead.",
    usual: "app",
  },
  completed: { title: "Completed", about: "A record that you opened, deploy, signed or lead.", usual: "app" },
  freeze: { title: "Freeze lifted", about: "For a record that you opened, deploy or lead.", usual: "app" },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly about: string; readonly usual: Way }>
>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** The same kinds as a whole team hears of them. */
export const TEAM_NEWS_TITLES: Readonly<Record<NotificationKind, string>> = {
  turn: "Signatures awaited",
  "break-glass": "Break glass",
  rollback: "Rollbacks",
  escalation: "Signatures awaited for too long",
  mention: "Comments that name somebody",
  approval: "Approvals given, refused or void",
  assigned: "Items assigned",
  check: "Checks that begin to fail",
  reopened: "Reopened phases",
  completed: "Completed deployments",
  freeze: "Freezes lifted",
};

/** The ways by which somebody hears of one kind; each but `off` shows it in the app too. */
export const WAYS = ["app", "mail", "digest", "off"] as const;

export type Way = (typeof WAYS)[number];

export const WAY_TITLES: Readonly<Record<Way, string>> = {
  app: "In the app",
  mail: "In the app and by e-mail",
  digest: "And in the daily e-mail",
  off: "Not at all",
};

export function isNotificationKind(kind: string): kind is NotificationKind {
  return kind in NOTIFICATION_KINDS;
}

export const ALL_NOTIFICATION_KINDS: readonly NotificationKind[] =
  Object.keys(NOTIFICATION_KINDS).filter(isNotificationKind);
