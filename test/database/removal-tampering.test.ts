import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { PersonInSession } from "#lib/auth/find-actor.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { removeDeploymentContent } from "#lib/services/retention.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import { inSession, makePerson, makeTeam, type Team } from "#test/support/factories.ts";
import { endedRecord, retainSince } from "#test/support/retention.ts";

let team: Team;
let admin: PersonInSession;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
  await retainSince(admin, 30, 365);
});

describe("verification finds", () => {
  const tampering: readonly (readonly [string, boolean, string])[] = [
    [
      "a removal without a stone",
      false,
      "UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, 1) WHERE stream_id = $1",
    ],
    [
      "one event without its content",
      false,
      "UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, 1) WHERE stream_id = $1 AND seq = 2",
    ],
    [
      "another time in what is left",
      true,
      `UPDATE events SET body = replace(body, '"at":"20', '"at":"19') WHERE stream_id = $1 AND seq = 2`,
    ],
    [
      "another hash at the end",
      true,
      "UPDATE events SET hash = repeat('a', 64) WHERE stream_id = $1 AND seq = 3",
    ],
    ["a shell fewer", true, "DELETE FROM events WHERE stream_id = $1 AND seq = 3"],
    ["content that came back", true, "INSERT INTO phases (deployment_id, key) VALUES ($1, 'pre-deployment')"],
    ["a record that denies its stone", true, "UPDATE deployments SET stone_seq = 1 WHERE id = $1"],
    [
      "a type in what is left, to hide a hold",
      true,
      "UPDATE events SET body = replace(body, 'evidence.added', 'item.checked') WHERE stream_id = $1",
    ],
  ];

  test.each(tampering)("%s", async (_title, afterRemoval, sql) => {
    const id = await endedRecord(team, 400);
    if (afterRemoval) await removeDeploymentContent(admin, { deploymentId: id });
    expect(await flawsOf(id)).toEqual([]);
    const client = new Client({ connectionString: urlFor("superuser") });
    await client.connect();
    await client.query(
      "SET session_replication_role = replica; ALTER TABLE events DISABLE TRIGGER ALL; ALTER TABLE deployments DISABLE TRIGGER ALL",
    );
    await client.query(sql, [id]);
    await client.query("ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only");
    await client.end();
    expect(await flawsOf(id)).toHaveLength(1);
    expect((await chainState(id)).flaw).not.toBeNull();
  });

  // Each leaves its record broken, so nothing after this asks for a whole history.
  async function flawsOf(id: string): Promise<readonly string[]> {
    const { flaws, removed } = await verifyHistory();
    const found = flaws.filter(({ stream }) => stream === id).map(({ message }) => message);
    expect(removed.some(({ stream }) => stream === id) && found.length > 0).toBe(false);
    return found;
  }
});
