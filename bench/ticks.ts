import type { Actor } from "#lib/domain/actor.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { measure, type Measured } from "./measure.ts";
import { send } from "./http-client.ts";

// Plain items of the first phase; a tick and its taking back are the same work.
const ITEMS = [
  "mtls-enabled",
  "firewall-rules",
  "cdn",
  "load-balancers",
  "error-tracking",
  "feature-flags",
  "cors-policies",
  "grafana-dashboards",
];

type Tick = { readonly id: string; readonly item: string; readonly to: "done" | "open" };

function tickOf(records: readonly string[], client: number, turn: number): Tick {
  const id = records[(client + turn) % records.length] ?? "";
  // Each client has an item of its own on each record, and turns it over, so that every tick changes something.
  const item = ITEMS[client % ITEMS.length] ?? "";
  return { id, item, to: flip(`${id}${item}`) };
}

const states = new Map<string, boolean>();

function flip(key: string): "done" | "open" {
  const next = !(states.get(key) ?? false);
  states.set(key, next);
  return next ? "done" : "open";
}

export async function serviceTicks(
  actor: Actor,
  records: readonly string[],
  clients: number,
  seconds: number,
): Promise<Measured> {
  return measure(clients, seconds, async (client, turn) => {
    const { id, item, to } = tickOf(records, client, turn);
    await settleItem(actor, id, { item, to });
    return true;
  });
}

export type ActionTarget = { readonly url: string; readonly cookie: string; readonly actionId: string };

/** The same tick as the browser sends it: session, origin check, rules, history, answer. */
export async function actionTicks(
  { url, cookie, actionId }: ActionTarget,
  records: readonly string[],
  clients: number,
  seconds: number,
): Promise<Measured> {
  return measure(clients, seconds, async (client, turn) => {
    const { id, item, to } = tickOf(records, client, turn);
    const answer = await callAction(`${url}/deployments/${id}`, actionId, cookie, [
      { deploymentId: id, changes: [{ item, to }] },
    ]);
    return answer.includes('"ok":true') && answer.includes('"refusals":[null]');
  });
}

/** A bare action of the benchmark's own app, with a record and an item as its arguments. */
export async function bareActions(
  url: string,
  actionId: string,
  records: number,
  clients: number,
  seconds: number,
): Promise<Measured> {
  return measure(clients, seconds, async (client, turn) => {
    const answer = await callAction(`${url}/tick`, actionId, "", [(client + turn) % records, turn % 80]);
    return answer.includes('"ok":true');
  });
}

async function callAction(url: string, actionId: string, cookie: string, args: unknown): Promise<string> {
  const { status, body } = await send(url, {
    method: "POST",
    headers: {
      cookie,
      origin: new URL(url).origin,
      "next-action": actionId,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
    },
    body: JSON.stringify(args),
  });
  return status === 200 ? body : "";
}
