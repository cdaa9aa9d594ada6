import { expect, test } from "vitest";
import type { EventDraft } from "#lib/domain/events.ts";
import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import {
  ALL_NOTIFICATION_KINDS,
  needsMail,
  NOTIFICATION_KINDS,
  WAY_TITLES,
  WAYS,
} from "#lib/domain/notifications.ts";
import { newsOf, placeOf, remarkWith, tell, tellTeam, type Telling } from "#lib/domain/telling.ts";

const told = (draft: EventDraft | InstallationEventDraft): Telling => ({
  kind: "event",
  event: {
    ...draft,
    actor: { kind: "person", id: "a", name: "Ann" },
    at: "2026-03-01T09:00:00.000Z",
    seq: 2,
    stream: "r",
    prev: null,
  },
});
const role = "devops-sre" as const;
const item = { item: "cdn", title: "CDN works" };
const phase = { phase: "deployment", title: "Deployment" };
const signature = {
  round: 1,
  role,
  roleTitle: "DevOps/SRE",
  meaning: "",
  digest: "",
  proof: "password" as const,
};
const comment = { commentId: "c", item: "cdn", title: "CDN works", text: "Why?", mentions: [] };
const window = { environment: null, startsAt: "", endsAt: "2026-12-27T08:00:00.000Z", reason: "" };
const record = "/deployments/r";
const note = { kind: "note" as const, text: "Seen." };

/** News, what kind it is, where it stands, and the remark with it. */
test.for<readonly [Telling, string | null, string, string | null]>([
  [{ kind: "turn", role }, "turn", `${record}/sign-off`, null],
  [{ kind: "reminder", role }, "turn", `${record}/sign-off`, null],
  [{ kind: "escalation", role }, "escalation", `${record}/sign-off`, null],
  [
    told({ type: "approval.granted", data: { ...signature, comment: "Fine." } }),
    "approval",
    `${record}/sign-off`,
    "Fine.",
  ],
  [
    told({ type: "approval.rejected", data: { ...signature, reason: "No." } }),
    "approval",
    `${record}/sign-off`,
    "No.",
  ],
  [
    told({ type: "sign-off.voided", data: { round: 1, cause: "Changed." } }),
    "approval",
    `${record}/sign-off`,
    "Changed.",
  ],
  [
    told({ type: "items.assigned", data: { items: [item], ownerId: "b", ownerName: "Bela" } }),
    "assigned",
    `${record}#item-cdn`,
    null,
  ],
  [told({ type: "items.due-set", data: { items: [], dueAt: null } }), null, record, null],
  [told({ type: "comment.added", data: comment }), "mention", `${record}#item-cdn`, "Why?"],
  [told({ type: "comment.added", data: { ...comment, item: null, title: null } }), "mention", record, "Why?"],
  [told({ type: "comment.edited", data: comment }), "mention", `${record}#item-cdn`, "Why?"],
  [
    told({ type: "rollback.triggered", data: { reason: "502s", frozenPhase: null } }),
    "rollback",
    record,
    "502s",
  ],
  [
    told({ type: "phase.reopened", data: { ...phase, reason: "Once more." } }),
    "reopened",
    record,
    "Once more.",
  ],
  [
    told({ type: "break-glass.requested", data: { ...phase, reason: "Down.", blockers: [] } }),
    "break-glass",
    `${record}/sign-off#break-glass`,
    "Down.",
  ],
  [
    told({ type: "break-glass.confirmed", data: { ...phase, ...signature, request: 7, blockers: [] } }),
    "break-glass",
    `${record}/sign-off#break-glass`,
    null,
  ],
  [
    told({ type: "evidence.added", data: { ...item, evidenceId: "e", content: note } }),
    "check",
    `${record}#item-cdn`,
    null,
  ],
  [told({ type: "deployment.completed", data: {} }), "completed", record, null],
  [
    told({ type: "freeze.lifted", data: { freeze: "f", window, reason: "A fix." } }),
    "freeze",
    record,
    "A fix.",
  ],
  [told({ type: "item.checked", data: item }), null, `${record}#item-cdn`, null],
])("%# is of its kind, at its place, with its remark", ([telling, kind, place, remark]) => {
  expect([newsOf(telling), placeOf(telling, "r"), remarkWith(telling)]).toEqual([kind, place, remark]);
});

test("a person and a team hear of a turn differently, and of anything else alike", () => {
  const both = (telling: Telling) => [tell(telling), tellTeam(telling)];
  expect(both({ kind: "turn", role })).toEqual([
    "It is your turn to sign as DevOps/SRE.",
    "The sign-off waits for DevOps/SRE.",
  ]);
  expect(both({ kind: "reminder", role })).toEqual([
    "Your signature as DevOps/SRE is still awaited.",
    "The sign-off still waits for DevOps/SRE.",
  ]);
  const nobody = "Nobody has signed as DevOps/SRE yet.";
  expect(both({ kind: "escalation", role })).toEqual([nobody, nobody]);
  const completed = "Ann completed the deployment.";
  expect(both(told({ type: "deployment.completed", data: {} }))).toEqual([completed, completed]);
});

test("a change of the retention span says who made it, and until when a shorter one can be met", () => {
  const change = (from: number | null, to: number | null) =>
    told({ type: "retention.changed", data: { from, to } });
  const both = (telling: Telling) => [tell(telling), remarkWith(telling)];
  const notice = "Counts from 8 Mar 2026, 09:00 UTC. A legal hold set by then keeps a record.";
  expect(both(change(2555, 90))).toEqual([
    "Ann changed the retention span from 2555 days to 90 days.",
    notice,
  ]);
  expect(both(change(null, 90))).toEqual([
    "Ann changed the retention span from ‘keep everything’ to 90 days.",
    notice,
  ]);
  expect(both(change(90, 2555))).toEqual(["Ann changed the retention span from 90 days to 2555 days.", null]);
  expect([remarkWith(change(90, null)), remarkWith(change(90, 90))]).toEqual([null, null]);
  expect([newsOf(change(90, 30)), placeOf(change(90, 30), null)]).toEqual(["retention", "/retention"]);
});

test("every kind of news has a title and a sentence", () => {
  const texts = ALL_NOTIFICATION_KINDS.flatMap((kind) => [
    NOTIFICATION_KINDS[kind].title,
    NOTIFICATION_KINDS[kind].about,
  ]);
  expect(texts.filter((text) => !/^[A-Z].{4}/.test(text))).toEqual([]);
  expect(new Set(ALL_NOTIFICATION_KINDS.map((kind) => NOTIFICATION_KINDS[kind].title)).size).toBe(12);
  expect(WAYS.map((way) => [WAY_TITLES[way], needsMail(way)])).toEqual([
    ["App", false],
    ["E-mail", true],
    ["Daily", true],
    ["Off", false],
  ]);
  const mailed = ALL_NOTIFICATION_KINDS.filter((kind) => NOTIFICATION_KINDS[kind].usual === "mail");
  expect(mailed).toEqual(["turn", "break-glass", "rollback", "escalation", "mention", "retention"]);
  expect(ALL_NOTIFICATION_KINDS.filter((kind) => NOTIFICATION_KINDS[kind].usual === "app")).toHaveLength(6);
});
