import { randomUUID } from "node:crypto";
import type { ActionRows, ActionWorld } from "#test/support/action-rows.ts";

const reminders = ({ team }: ActionWorld) => ({
  teamId: team.id,
  remindAfterHours: 4,
  escalateAfterHours: 24,
});
const webhook = ({ team }: ActionWorld) => ({
  teamId: team.id,
  kind: "signed",
  name: "Chat",
  url: "https://hooks.example.com/1",
  news: ["rollback"],
});
const none = () => ({ webhookId: randomUUID() });
const changed = () => ({ ...none(), name: "Chat", news: ["turn"] });
const others = (example: (world: ActionWorld) => object) => (world: ActionWorld) => ({
  ...example(world),
  teamId: randomUUID(),
});

const row = (example: (world: ActionWorld) => object): ActionRows[string] => ({
  asks: "team.notify",
  about: "team",
  example,
  ruleSays: "not-found",
  refusals: [["wrong role", "engineer", example, "forbidden"]],
});

export const rows: ActionRows = {
  changeRemindersAction: {
    ...row(reminders),
    refusals: [
      ["wrong role", "engineer", reminders, "forbidden"],
      ["another team's", "lead", others(reminders), "not-found"],
    ],
  },
  addWebhookAction: {
    ...row(webhook),
    refusals: [
      ["wrong role", "sre", webhook, "forbidden"],
      ["another team's", "lead", others(webhook), "not-found"],
    ],
  },
  changeWebhookAction: row(changed),
  renewWebhookSecretAction: row(none),
  removeWebhookAction: row(none),
  testWebhookAction: row(none),
};
