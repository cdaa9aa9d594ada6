import { Client } from "pg";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { urlFor } from "#test/support/database.ts";
import { finishPhase, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;
let id: string;

beforeAll(async () => {
  team = await makeTeam();
});

beforeEach(async () => {
  id = await openRecord(team);
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
});

describe("history is append-only", () => {
  const attempts = [
    "UPDATE events SET body = body",
    "DELETE FROM events",
    "TRUNCATE events",
    "TRUNCATE events CASCADE",
    "ALTER TABLE events DISABLE TRIGGER ALL",
    "DROP TABLE events",
    "DELETE FROM deployments",
    "DELETE FROM approvals",
    "DELETE FROM evidence",
    "UPDATE evidence SET source = 'api'",
    "UPDATE approvals SET digest = digest",
    "UPDATE deployments SET opened_by_id = opened_by_id",
    "UPDATE deployments SET checklist = checklist",
    "SET session_replication_role = replica",
  ];

  test.each(attempts)("the app's role is refused: %s", async (sql) => {
    await expect(run("app", sql)).rejects.toThrow(/permission denied|must be owner|append-only/);
  });

  test.each(["UPDATE events SET body = body", "DELETE FROM events", "TRUNCATE events"])(
    "so is the owner, short of dropping the trigger: %s",
    async (sql) => {
      await expect(run("owner", sql)).rejects.toThrow("history is append-only");
    },
  );

  test("the app's role owns nothing", async () => {
    const rows = await run(
      "app",
      "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)",
    );
    expect(rows).toEqual([]);
  });

  test("an event that does not follow the last is refused by the database itself", async () => {
    const forged = (seq: number, prev: string | null) => {
      const body = JSON.stringify({
        actor: { id: "x", kind: "person", name: "X" },
        at: "2026-01-01T00:00:00.000Z",
        data: {},
        format: 1,
        prev,
        seq,
        stream: id,
        type: "item.checked",
      });
      return `INSERT INTO events (stream_id, seq, body, hash) VALUES ('${id}', ${seq}, '${body}', encode(sha256(convert_to('${body}', 'UTF8')), 'hex'))`;
    };
    await expect(run("app", forged(3, "0".repeat(64)))).rejects.toThrow("events_chain");
    await expect(run("app", forged(2, null))).rejects.toThrow("events_first_has_no_predecessor");
    await expect(run("app", forged(9, "0".repeat(64)))).rejects.toThrow("events_chain");
  });
});

describe("verify-history finds what was changed behind its back", () => {
  const tampering: readonly (readonly [string, string])[] = [
    [
      "a name in an event",
      "UPDATE events SET body = replace(body, 'mtls-enabled', 'mtls-enablet') WHERE stream_id = $1 AND seq = 2",
    ],
    [
      "an event and its hash",
      "UPDATE events SET body = replace(body, 'mtls', 'mtlz'), hash = encode(sha256(convert_to(replace(body, 'mtls', 'mtlz'), 'UTF8')), 'hex') WHERE stream_id = $1 AND seq = 2",
    ],
    ["the last event removed", "DELETE FROM events WHERE stream_id = $1 AND seq = 2"],
    ["the first event removed", "DELETE FROM events WHERE stream_id = $1 AND seq = 1"],
    ["all events removed", "DELETE FROM events WHERE stream_id = $1"],
    [
      "a tick taken away",
      "UPDATE checklist_items SET status = 'open', settled_at = NULL, settled_by_id = NULL, settled_by_name = NULL WHERE deployment_id = $1",
    ],
    [
      "a tick by another name",
      "UPDATE checklist_items SET settled_by_name = 'Somebody' WHERE deployment_id = $1 AND key = 'mtls-enabled'",
    ],
    ["another commit", "UPDATE deployments SET commit = 'aaaaaaa' WHERE id = $1"],
    [
      "another checklist",
      "UPDATE deployments SET checklist = jsonb_set(checklist, '{phases,0,title}', '\"Nothing\"') WHERE id = $1",
    ],
    ["an earlier head", "UPDATE deployments SET revision = 1 WHERE id = $1"],
    ["the whole record's row", "DELETE FROM deployments WHERE id = $1"],
  ];

  test("and finds nothing where nothing was", async () => {
    await finishPhase(team, id, "pre-deployment");
    expect((await verifyHistory()).flaws).toEqual([]);
  });

  test.each(tampering)("%s", async (_title, sql) => {
    const backup = await run("superuser", "SELECT * FROM events WHERE stream_id = $1", [id]);
    expect(backup.length).toBe(2);
    await tamper(sql);
    const { flaws } = await verifyHistory();
    expect(flaws.map(({ stream }) => stream)).toEqual([id]);
    await forget();
  });

  // As a database administrator could: triggers and constraints out of the way.
  async function tamper(sql: string): Promise<void> {
    const client = new Client({ connectionString: urlFor("superuser") });
    await client.connect();
    await client.query(
      "ALTER TABLE events DISABLE TRIGGER ALL; ALTER TABLE deployments DISABLE TRIGGER ALL; ALTER TABLE events DROP CONSTRAINT IF EXISTS events_hash",
    );
    await client.query(sql, [id]);
    await client.end();
  }

  async function forget(): Promise<void> {
    const client = new Client({ connectionString: urlFor("superuser") });
    await client.connect();
    await client.query("SET session_replication_role = replica; ALTER TABLE events DISABLE TRIGGER ALL");
    for (const table of ["checklist_items", "phases", "evidence", "approvals", "rejection_answers"]) {
      await client.query(`DELETE FROM ${table} WHERE deployment_id = $1`, [id]);
    }
    await client.query("DELETE FROM deployments WHERE id = $1", [id]);
    await client.query("DELETE FROM events WHERE stream_id = $1", [id]);
    await client.end();
  }
});

async function run(
  role: "app" | "owner" | "superuser",
  sql: string,
  values: readonly string[] = [],
): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: urlFor(role) });
  await client.connect();
  try {
    const { rows } = await client.query(sql, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
