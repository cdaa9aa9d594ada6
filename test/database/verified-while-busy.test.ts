import { expect, test } from "vitest";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addFile } from "#lib/services/evidence.ts";
import { verifyStream } from "#lib/services/verify-stream.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

const CHANGES = 60;

test("a record is whole however often others change it, and put files there, while it is verified", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  let isOver = false;
  const work = async () => {
    for (let index = 0; index < CHANGES; index += 1) {
      const file = { name: `${index}.txt`, bytes: new TextEncoder().encode(`file ${index}`) };
      await addFile(team.engineer, { deploymentId: id, item: "cdn", ...file });
      await settleItem(team.lead, id, { item: "bundle-sizes", to: index % 2 === 0 ? "done" : "open" });
    }
    isOver = true;
  };
  const working = work();
  const found: unknown[] = [];
  let times = 0;
  while (!isOver) {
    const { flaw } = await verifyStream(id, undefined);
    if (flaw !== null) found.push(flaw);
    times += 1;
  }
  await working;
  expect(times).toBeGreaterThan(3);
  expect(found).toEqual([]);
});
