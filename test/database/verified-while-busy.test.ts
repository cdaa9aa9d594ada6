import { expect, test } from "vitest";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addFile } from "#lib/services/evidence.ts";
import { verifyStream } from "#lib/services/verify-stream.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

const CHANGES = 60;

test("a record is whole however often others change it, and put files there, while it is verified", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const found: unknown[] = [];
  let times = 0;
  const look = async () => {
    const { flaw } = await verifyStream(id, undefined);
    if (flaw !== null) found.push(flaw);
    times += 1;
  };
  const working = new AbortController();
  const looking = (async () => {
    while (!working.signal.aborted) await look();
  })();
  for (let index = 0; index < CHANGES; index += 1) {
    const file = { name: `${index}.txt`, bytes: new TextEncoder().encode(`file ${index}`) };
    await addFile(team.engineer, { deploymentId: id, item: "cdn", ...file });
    await settleItem(team.lead, id, { item: "bundle-sizes", to: index % 2 === 0 ? "done" : "open" });
  }
  working.abort();
  await looking;
  expect(times).toBeGreaterThan(3);
  expect(found).toEqual([]);
});
