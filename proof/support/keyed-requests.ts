import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { z } from "zod";
import { settleItem, settleItems } from "#lib/services/checklist-items.ts";
import { reopenPhase } from "#lib/services/phases.ts";
import { emailOf, type Team } from "#test/support/factories.ts";
import { hold } from "./counter-example.ts";
import { openSmall, PLAN } from "./small-record.ts";

export type Answer = { readonly status: number; readonly text: string; readonly replayed: boolean };

/** A lawful request on a record that nobody else touches, and what it leaves when it takes effect. */
export type KeyedRequest = {
  readonly kind: string;
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object | Uint8Array<ArrayBuffer>;
  readonly key: string;
  /** The one event of the history that it leaves: its type, and a text that its body alone has. */
  readonly leaves: { readonly type: string; readonly text: string };
  /** Somebody else takes back what it did. */
  readonly takeBack?: () => Promise<void>;
};

/** One request of each kind, each on a record of its own. */
export async function keyedRequests(team: Team): Promise<readonly KeyedRequest[]> {
  const [first] = PLAN.phases;
  const [item, conditional] = first.items;
  const record = async (done: readonly string[] = []) => {
    const id = await openSmall(team);
    const changes = done.map((key) => ({ item: key, to: "done" as const }));
    if (changes.length > 0) await settleItems(team.lead, { deploymentId: id, changes });
    return id;
  };
  const on = (
    id: string,
    type: string,
    method: KeyedRequest["method"],
    path: string,
    { body, takeBack }: Pick<KeyedRequest, "body" | "takeBack"> = {},
  ): KeyedRequest => ({
    kind: type,
    method,
    path: `/deployments/${id}${path}`,
    ...(body === undefined ? {} : { body }),
    key: randomUUID(),
    leaves: { type, text: id },
    ...(takeBack === undefined ? {} : { takeBack }),
  });
  const settled = (id: string, key: string, to: "done" | "open") => async () =>
    settleItem(team.lead, id, { item: key, to });
  const note = { kind: "note", text: "Seen." };
  const service = `service ${randomUUID()}`;
  const opening = {
    team: team.name,
    service,
    version: "1.0.0",
    commit: "3f9c2ab",
    environment: "production",
    deploymentAt: "2030-01-01T00:00:00Z",
    deployedBy: await emailOf(team.engineer),
  };
  const [unticked, ticked, needed, complete] = await Promise.all([
    record(),
    record([item]),
    record(),
    record([...first.items]),
  ]);
  return [
    on(unticked, "item.checked", "PUT", `/items/${item}/completion`, {
      takeBack: settled(unticked, item, "open"),
    }),
    on(ticked, "item.unchecked", "DELETE", `/items/${item}/completion`, {
      takeBack: settled(ticked, item, "done"),
    }),
    on(needed, "item.waived", "PUT", `/items/${conditional}/waiver`, {
      body: { reason: "Not here." },
      takeBack: settled(needed, conditional, "open"),
    }),
    on(await record(), "evidence.added", "POST", `/items/${item}/evidence`, { body: note }),
    on(await record(), "evidence.added", "POST", `/items/${item}/evidence?name=a.bin`, {
      body: new Uint8Array(5_000),
    }),
    on(complete, "phase.completed", "POST", `/phases/${first.key}/completion`, {
      takeBack: async () =>
        reopenPhase(team.lead, { deploymentId: complete, phase: first.key, reason: "Once more." }),
    }),
    on(await record(), "deployment.cancelled", "POST", "/cancellation", { body: { reason: "Another day." } }),
    {
      kind: "deployment.opened",
      method: "POST",
      path: "/deployments",
      body: opening,
      key: randomUUID(),
      leaves: { type: "deployment.opened", text: service },
    },
  ];
}

export async function send(url: string, token: string, request: KeyedRequest): Promise<Answer> {
  const { method, path, body, key } = request;
  const type = body instanceof Uint8Array ? "application/octet-stream" : "application/json";
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "idempotency-key": key,
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined
      ? {}
      : { body: body instanceof Uint8Array ? new Blob([body]) : JSON.stringify(body) }),
  });
  const replayed = answer.headers.get("idempotent-replayed") === "true";
  return { status: answer.status, text: await answer.text(), replayed };
}

/** How often a request has taken effect, by the history. */
export async function effectsOf(superuser: Pool, { leaves }: KeyedRequest): Promise<number> {
  const { rows } = await superuser.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM events WHERE type = $1 AND position($2 in body) > 0",
    [leaves.type, leaves.text],
  );
  return rows[0]?.count ?? -1;
}

const answered = z.object({
  revision: z.number().optional(),
  id: z.string().optional(),
  evidenceId: z.string().optional(),
});

type Left = {
  readonly stream: string;
  readonly seq: number;
  readonly evidence: string | null;
  readonly revision: number;
};

/** Rejects unless an answer is the one of whoever made the change: its revision, its evidence, its record. */
export async function holdAnswer(superuser: Pool, request: KeyedRequest, answer: Answer): Promise<void> {
  const said = `${request.kind} was answered ${answer.status}: ${answer.text.slice(0, 300)}`;
  hold(answer.status === 200 || answer.status === 201, said);
  const { rows } = await superuser.query<Left>(
    `SELECT e.stream_id AS stream, e.seq, (e.body::jsonb) #>> '{data,evidenceId}' AS evidence,
            (SELECT max(seq) FROM events WHERE stream_id = e.stream_id) AS revision
       FROM events e WHERE type = $1 AND position($2 in body) > 0`,
    [request.leaves.type, request.leaves.text],
  );
  const { revision, id, evidenceId } = answered.parse(JSON.parse(answer.text));
  const [left] = rows;
  hold(rows.length === 1 && left !== undefined, `${request.kind} took effect ${rows.length} times`);
  // Its own, or with what somebody else did before it was answered.
  hold(revision === undefined || revision === left.seq || revision === left.revision, said);
  hold(id === undefined || id === left.stream, said);
  hold(evidenceId === undefined || evidenceId === left.evidence, said);
}
