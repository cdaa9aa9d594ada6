import type { Blocker } from "#lib/domain/rejection.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import { CLOSE_OUT, gateBlockers, phasesJudgedAt } from "#lib/domain/gates.ts";
import { judgeItem } from "#lib/domain/requirements.ts";
import type { Status } from "#lib/domain/status.ts";
import { now } from "#lib/clock.ts";
import { keepNewest } from "#lib/keep-newest.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";

export type GateTrouble = Blocker["code"] | null;

export type GateState = {
  readonly trouble: GateTrouble;
  /** When the next of what the gate rests on ends by itself. */
  readonly holdsUntil: Instant | null;
};

type Asked = { readonly id: string; readonly status: Status; readonly revision: number };
type Known = GateState & { readonly revision: number };

const NOTHING: GateState = { trouble: null, holdsUntil: null };
const KEPT = 2_000;
const known = new Map<string, Known>();

/**
 * What of a record at its gate no longer holds, although its phases are complete, and until when the rest
 * does; nothing of any other record. A record is loaded once for each of its revisions, and when something of it goes stale.
 */
export async function gateState({ id, status, revision }: Asked): Promise<GateState> {
  if (status !== "awaiting-sign-off" && status !== "ready") return NOTHING;
  const at = now();
  const before = known.get(id);
  if (before?.revision === revision && (before.holdsUntil === null || at < before.holdsUntil)) return before;
  const deployment = (await loadDeployment(id))?.deployment;
  if (deployment === undefined) return NOTHING;
  const found = judge(deployment, at);
  keepNewest(known, KEPT, id, found);
  return found;
}

function judge(deployment: Deployment, at: Instant): Known {
  const gate = deployment.checklist.signOff.gatePhase ?? CLOSE_OUT;
  const trouble = gateBlockers(deployment, gate, at, []).find(({ item }) => item !== undefined);
  const ends = phasesJudgedAt(deployment, gate)
    .flatMap(itemsOf)
    .flatMap(({ item }) => {
      const judgement = judgeItem(deployment, item, at);
      return judgement?.verdict === "met" && judgement.validUntil !== null ? [judgement.validUntil] : [];
    });
  return {
    revision: deployment.revision,
    trouble: trouble?.code ?? null,
    holdsUntil: ends.toSorted()[0] ?? null,
  };
}
