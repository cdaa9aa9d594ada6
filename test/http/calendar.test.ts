import { expect, inject, test } from "vitest";
import { makeCalendarAddress } from "#lib/services/calendar-address.ts";
import { inSession, makeTeam, openRecord } from "#test/support/factories.ts";

const read = async (path: string) => fetch(`${inject("app").url}/api/calendar/${path}`);

test("a calendar program reads at the address alone; another address says nothing", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const token = await makeCalendarAddress(await inSession(team.product));
  const answer = await read(`${token}.ics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  expect((await answer.text()).replaceAll("\r\n ", "")).toContain(`UID:deployment-${id}@`);
  for (const path of [token, `${token}.ICS`, `${"A".repeat(43)}.ics`, "x.ics", `${token}.ics/more`])
    expect((await read(path)).status, path).toBe(404);
});
