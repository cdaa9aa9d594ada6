import { expect, test } from "vitest";
import { toEventActor } from "#lib/domain/actor.ts";
import type { EventDraft } from "#lib/domain/events.ts";
import type { EvidenceContent } from "#lib/domain/evidence.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { allItems, chooseChecklist } from "#lib/domain/checklist.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { TARGETS } from "#lib/domain/template.ts";
import { evidenceInWords } from "#lib/domain/evidence-in-words.ts";
import { predicateOf, remarkOf } from "#lib/domain/sentences.ts";
import { CAST } from "#test/support/people.ts";
import { checked, TestRecord } from "#test/support/records.ts";

const recorded = (draft: EventDraft) => ({
  ...draft,
  actor: toEventActor(CAST.lead),
  at: "2026-03-01T09:00:00.000Z",
  seq: 2,
  stream: "record",
  prev: null,
});

const item = { item: "cdn", title: "CDN works" };
const two = [item, { item: "dns", title: "DNS works" }];
const comment = { commentId: "c", item: "cdn", title: "CDN works" };
const phase = { phase: "deployment", title: "Deployment" };
const glass = { ...phase, request: 7 };
const blocker: Blocker = { code: "item-open", message: "“CDN works” is open" };
const blockers = [blocker, blocker];
const reason = "Because.";
const signature = {
  round: 1,
  role: "security" as const,
  roleTitle: "Security",
  meaning: "",
  digest: "",
  proof: "password" as const,
};
const forGita = { ...signature, for: { id: "g", name: "Gita", delegation: "d" } };
const note = { kind: "note" as const, text: "Seen." };
const window = {
  environment: "production",
  startsAt: "2026-03-01T00:00:00.000Z",
  endsAt: "2026-03-02T08:30:00.000Z",
  reason: "Fair",
};

/** An event, the sentence that tells it, and the remark that stands below it, where there is one. */
const TOLD: readonly (readonly [EventDraft, string, string?])[] = [
  [{ type: "deployment.completed", data: {} }, "completed the deployment"],
  [{ type: "deployment.rolled-back", data: {} }, "finished the rollback"],
  [{ type: "deployment.cancelled", data: { reason } }, "cancelled the deployment", reason],
  [{ type: "phase.started", data: { ...phase, atT0: true } }, "started Deployment: T-0"],
  [{ type: "phase.started", data: { ...phase, atT0: false } }, "started Deployment"],
  [
    { type: "phase.started", data: { ...phase, atT0: true, request: 7, overridden: [blocker] } },
    "started Deployment: T-0 by break glass, against 1 blocker",
  ],
  [{ type: "phase.left-incomplete", data: glass }, "left Deployment incomplete"],
  [{ type: "phase.completed", data: phase }, "completed Deployment"],
  [{ type: "phase.reopened", data: { ...phase, reason } }, "reopened Deployment", reason],
  [{ type: "item.checked", data: item }, "ticked “CDN works”"],
  [{ type: "item.unchecked", data: item }, "took back the tick on “CDN works”"],
  [{ type: "item.waived", data: { ...item, reason } }, "marked “CDN works” as not applicable", reason],
  [{ type: "item.waiver-withdrawn", data: item }, "took back ‘not applicable’ on “CDN works”"],
  [
    { type: "items.assigned", data: { items: [item], ownerId: CAST.lead.id, ownerName: "Lena" } },
    "took “CDN works”",
  ],
  [
    { type: "items.assigned", data: { items: two, ownerId: "e", ownerName: "Emil" } },
    "assigned 2 items to Emil",
  ],
  [
    { type: "items.assigned", data: { items: [item], ownerId: null, ownerName: null } },
    "left “CDN works” without an owner",
  ],
  [
    { type: "items.due-set", data: { items: two, dueAt: "2026-03-01T17:05:59.000Z" } },
    "set 2 items due on 1 Mar 2026, 17:05 UTC",
  ],
  [
    { type: "items.due-set", data: { items: [item], dueAt: null } },
    "set “CDN works” due with the phase again",
  ],
  [
    { type: "comment.added", data: { ...comment, text: "Why?", mentions: [] } },
    "commented on “CDN works”",
    "Why?",
  ],
  [
    {
      type: "comment.edited",
      data: { commentId: "c", item: null, title: null, text: "Why now?", mentions: [] },
    },
    "edited a comment",
    "Why now?",
  ],
  [{ type: "comment.deleted", data: comment }, "deleted a comment on “CDN works”"],
  [
    { type: "evidence.added", data: { ...item, evidenceId: "e", content: note } },
    "added a note to “CDN works”",
  ],
  [
    { type: "verdict.overruled", data: { ...item, evidenceId: "e", check: "TLS", reason } },
    "overruled TLS on “CDN works”",
    reason,
  ],
  [{ type: "approval.granted", data: { ...signature, comment: null } }, "approved as Security"],
  [
    { type: "approval.granted", data: { ...forGita, comment: "Fine." } },
    "approved as Security for Gita",
    "Fine.",
  ],
  [{ type: "approval.rejected", data: { ...signature, reason } }, "rejected as Security", reason],
  [{ type: "approval.rejected", data: { ...forGita, reason } }, "rejected as Security for Gita", reason],
  [
    { type: "sign-off.voided", data: { round: 1, cause: "The signed content changed." } },
    "voided the approvals given so far",
    "The signed content changed.",
  ],
  [
    { type: "rejection.answered", data: { round: 1, answer: "Scaled up." } },
    "answered the rejection; the sign-off starts over",
    "Scaled up.",
  ],
  [
    { type: "break-glass.requested", data: { ...phase, reason, blockers } },
    "asked to break the glass before Deployment, against 2 blockers",
    reason,
  ],
  [
    { type: "break-glass.confirmed", data: { ...glass, ...signature, blockers: [blocker] } },
    "broke the glass before Deployment as Security, overriding 1 blocker",
  ],
  [{ type: "break-glass.withdrawn", data: glass }, "withdrew the break glass before Deployment"],
  [
    { type: "break-glass.lapsed", data: { ...glass, cause: "The gate opened." } },
    "let the break glass before Deployment lapse",
    "The gate opened.",
  ],
  [
    { type: "break-glass.reviewed", data: { ...glass, conclusion: "justified", finding: "An outage." } },
    "reviewed the break glass before Deployment: it was justified",
    "An outage.",
  ],
  [
    { type: "break-glass.reviewed", data: { ...glass, conclusion: "not-justified", finding: "Haste." } },
    "reviewed the break glass before Deployment: it was not justified",
    "Haste.",
  ],
  [
    { type: "freeze.lifted", data: { freeze: "f", window, reason } },
    "lifted the freeze of production until 2 Mar 2026, 08:30 UTC for this deployment",
    reason,
  ],
  [
    { type: "freeze.lifted", data: { freeze: "f", window: { ...window, environment: null }, reason } },
    "lifted the freeze of every environment until 2 Mar 2026, 08:30 UTC for this deployment",
    reason,
  ],
  [{ type: "rollback.triggered", data: { reason, frozenPhase: null } }, "triggered the rollback", reason],
  [{ type: "legal-hold.set", data: { reason } }, "set a legal hold", reason],
  [{ type: "legal-hold.lifted", data: { reason } }, "lifted the legal hold", reason],
];

test.for(TOLD)("$0.type: $1", ([draft, sentence, remark = null]) => {
  expect(predicateOf(recorded(draft))).toBe(sentence);
  expect(remarkOf(recorded(draft))).toBe(remark);
});

test("the opening names the service and the version", () => {
  const [opened] = new TestRecord().events;
  if (opened === undefined) throw new Error("a record begins with its opening");
  expect(predicateOf(recorded(opened))).toBe("opened the deployment of payments-api 1.0.0");
});

test("a change of details says what was and what is, in the form's order; lists by their name alone", () => {
  const links = [{ title: "Log", url: "https://log.example" }];
  const { slo } = new TestRecord().deployment.details;
  const deploymentAt = "2026-03-08T09:00:00.000Z";
  const details = { commit: "aaaaaaa", deployedBy: { id: "s", name: "Sami" }, deploymentAt, links, slo };
  const said = predicateOf(
    recorded({
      type: "deployment.details-changed",
      data: {
        from: { version: "1.0.0", environment: "staging", ...details, commit: "3f9c2ab", links: [] },
        to: { ...details, environment: "production", version: "1.0.1" },
      },
    }),
  );
  expect(said).toBe(
    "changed the version from 1.0.0 to 1.0.1, the commit from 3f9c2ab to aaaaaaa, " +
      `the environment from staging to production, the deployment date from ${deploymentAt} to ${deploymentAt}, ` +
      "the deployer, the links, the SLO targets",
  );
  const one = { from: { version: "1.0.0" }, to: { version: "1.0.1" } };
  expect(predicateOf(recorded({ type: "deployment.details-changed", data: one }))).toBe(
    "changed the version from 1.0.0 to 1.0.1",
  );
});

const check = checked("tls", { title: "TLS certificates", summary: "" });
const file = { fileId: "f", name: "plan.pdf", mediaType: "application/pdf", bytes: 1, sha256: "" };

test.each([
  [note, "a note"],
  [{ kind: "link" as const, url: "https://ci.example", title: "Run 7" }, "a link (Run 7)"],
  [{ kind: "link" as const, url: "https://ci.example", title: null }, "a link (https://ci.example)"],
  [
    { kind: "measurement" as const, values: { apiLatencyP95Ms: 312, coverage: 81, drift: 3 } },
    "API latency P95 312 ms, Test coverage 81 %, drift 3",
  ],
  [{ kind: "time" as const, at: "2026-03-01T08:00:00.000Z" }, "the time 1 Mar 2026, 08:00 UTC"],
  [
    { kind: "rotation" as const, rotatedOn: { ci: "2026-03-01", ssh: "2026-02-01", vpn: "2026-02-02" } },
    "the last rotation (SSH keys 1 Feb 2026, CI secrets 1 Mar 2026, vpn 2 Feb 2026)",
  ],
  [{ kind: "rotation" as const, rotatedOn: { ssh: "lately" } }, "the last rotation (SSH keys lately)"],
  [{ kind: "file" as const, ...file }, "the file plan.pdf"],
  [check, "TLS certificates: passed"],
  [{ ...check, verdict: "fail" as const, label: "e2e" }, "TLS certificates (e2e): failed"],
  [{ ...check, verdict: "unknown" as const }, "TLS certificates: could not tell"],
])("evidence in a few words: %j", (content, words) => {
  expect(evidenceInWords(content)).toBe(words);
});

test("what a checklist asks for is told by the checklist's own titles, in its order", () => {
  const asked = allItems(chooseChecklist(PRODUCTION_TEMPLATE, TARGETS, "go-no-go")).flatMap(
    ({ item: { requirement } }) => (requirement === undefined ? [] : [requirement]),
  );
  const told = asked.flatMap((one): readonly (readonly [EvidenceContent, string])[] => {
    if (one.kind === "measurement")
      return [[{ kind: one.kind, values: { [one.metric]: 1 } }, `${one.title} 1 ${one.unit}`]];
    if (one.kind !== "rotation") return [];
    const rotatedOn = Object.fromEntries(one.classes.map(({ key }) => [key, "2026-02-01"]).toReversed());
    const words = one.classes.map(({ title }) => `${title} 1 Feb 2026`).join(", ");
    return [[{ kind: one.kind, rotatedOn }, `the last rotation (${words})`]];
  });
  expect(told.map(([{ kind }]) => kind)).toEqual(expect.arrayContaining(["measurement", "rotation"]));
  for (const [content, words] of told) expect(evidenceInWords(content)).toBe(words);
});
