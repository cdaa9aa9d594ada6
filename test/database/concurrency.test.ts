import { expect, test } from "vitest";
import { itemsOf } from "#lib/domain/checklist.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import {
  eventTypes,
  finishPhase,
  load,
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  sign,
  settlePhase,
} from "#test/support/factories.ts";
import { completePhase } from "#lib/services/phases.ts";

const ENGINEERS = 16;
const OPERATIONS = 2_000;

test("16 engineers ticking and two approvers signing one record: nothing lost, nothing illegal, the chain whole", async () => {
  const team = await makeTeam();
  const engineers = await Promise.all(
    Array.from({ length: ENGINEERS }, () => makePerson("engineer", team.id)),
  );
  const id = await openRecord(team);
  const { checklist } = await load(id);
  const [first] = checklist.phases;
  if (first === undefined) throw new Error("no phase");
  const plain = itemsOf(first)
    .map(({ item }) => item)
    .filter(({ requirement }) => requirement === undefined);
  let acknowledged = 0;
  const refused: string[] = [];
  const tick = async (engineer: (typeof engineers)[number], operation: number) => {
    const item = plain[(operation * 7) % plain.length];
    if (item === undefined) return;
    const code = await refusalOf(
      settleItem(engineer, id, { item: item.key, to: operation % 3 === 0 ? "open" : "done" }),
    );
    if (code === null) acknowledged += 1;
    else refused.push(code);
  };
  const share = OPERATIONS / ENGINEERS;
  const signing = (async () => {
    // Both try at every moment, long before it is their turn.
    for (let attempt = 0; attempt < 10; attempt += 1) {
      refused.push(
        ...[
          await refusalOf(sign(id, team.engineeringLead, "engineering-lead")),
          await refusalOf(sign(id, team.sre, "devops-sre")),
        ].filter((code) => code !== null),
      );
    }
  })();
  await Promise.all([
    signing,
    ...engineers.map(async (engineer, index) => {
      for (let operation = 0; operation < share; operation += 1)
        await tick(engineer, index * share + operation);
    }),
  ]);
  expect(acknowledged, "each tick was acknowledged").toBe(OPERATIONS);
  expect(new Set(refused), "each early signature was refused").toEqual(new Set(["sign-off-not-open"]));
  const record = await load(id);
  expect(record.approvals).toEqual([]);
  const types = await eventTypes(id);
  expect(types.length, "one event for each revision").toBe(record.revision);
  const net =
    types.filter((type) => type === "item.checked").length -
    types.filter((type) => type === "item.unchecked").length;
  expect(net, "ticks that stand = ticks made less ticks taken back").toBe(
    Object.values(record.items).filter(({ status }) => status === "done").length,
  );

  await settlePhase(team, id, "pre-deployment");
  await completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" });
  await finishPhase(team, id, "final-checks");
  const both = await Promise.all([
    refusalOf(sign(id, team.engineeringLead, "engineering-lead")),
    refusalOf(sign(id, team.sre, "devops-sre")),
  ]);
  expect(both[0]).toBeNull();
  expect([null, "not-your-turn"]).toContain(both[1]);
  expect((await verifyHistory()).flaws).toEqual([]);
});
