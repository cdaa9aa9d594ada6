import { expect, test } from "vitest";
import { requestBreakGlass } from "#lib/domain/break-glass.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { earlyBreakGlassText } from "#lib/db/break-glass-digest.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { textsSignedBy } from "#lib/services/signed-texts.ts";
import { CAST } from "#test/support/people.ts";
import { confirmation, TestRecord } from "#test/support/records.ts";

const PHASE = "deployment";

test("whoever breaks the glass signs who asked and why, too; what was signed before that was so, verifies as it was", () => {
  const record = new TestRecord().toSignOff();
  record.do(CAST.lead, requestBreakGlass(PHASE, "The site is down.", []));
  const before = record.deployment;
  record.do(CAST.security, confirmation(record, CAST.security, "security"));
  const event = record.events.findLast(({ type }) => type === "break-glass.confirmed");
  if (event?.type !== "break-glass.confirmed") throw new Error("nobody broke the glass");
  const [content = "", text = ""] = textsSignedBy(event, before);
  expect(JSON.parse(text)).toMatchObject({
    content: sha256(content),
    phase: PHASE,
    request: { seq: before.revision, by: CAST.lead.id, reason: "The site is down." },
  });
  const early = earlyBreakGlassText(before, PHASE, allGateBlockers(before, PHASE, record.now, []));
  const signedEarly = { ...event, data: { ...event.data, digest: sha256(early) } };
  expect(textsSignedBy(signedEarly, before)).toEqual([content, early]);
});
