import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { answerProtectionRequest } from "#lib/services/protection-requests.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { load, makeTeam, openRecord, signAll, toSignOff } from "#test/support/factories.ts";
import { startGitHub } from "#test/support/peers/github.ts";

test("the App's token goes to GitHub alone, whatever address somebody wrote into the table", async () => {
  const github = await startGitHub();
  const heard: string[] = [];
  const another = createServer((request, response) => {
    heard.push(String(request.headers.authorization));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => another.listen(0, "127.0.0.1", resolve));
  const team = await makeTeam();
  const commit = "c".repeat(40);
  const id = await openRecord(team, { service: "payments", commit });
  const { service } = await load(id);
  const named = { repository: "acme/payments", environment: "production" };
  await configureChecks(team.lead, { serviceId: service.id, checks: { github: named } });
  await toSignOff(team, id);
  await signAll(team, id);
  const row = randomUUID();
  const address = `http://127.0.0.1:${(another.address() as AddressInfo).port}/take`;
  // As the app's own role, which may insert.
  await pool().query(
    `INSERT INTO protection_requests (id, delivery_id, repository, environment, commit, callback_url, installation_id, received_at)
     VALUES ($1, $2, 'acme/payments', 'production', $3, $4, 7, now())`,
    [row, randomUUID(), commit, address],
  );
  await answerProtectionRequest(row);
  another.close();
  github.stop();
  expect(heard).toEqual([]);
  expect(await prisma().protectionRequest.findUnique({ where: { id: row } })).toMatchObject({
    answer: "given-up",
  });
});
