import type { DeploymentEvent } from "#lib/domain/events.ts";
import { roleKey, type Fact, type InstallationEvent } from "#lib/domain/installation-facts.ts";
import { CLOCKS_DIFFER_MS, PastFacts } from "#lib/domain/past-facts.ts";
import { laterBy } from "#lib/domain/time.ts";
import { chainFlaw, type Flaw } from "#lib/db/chain-flaw.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { readStream, type Stream } from "#lib/db/read-stream.ts";
import { parseBody } from "#lib/proof/event-flaw.ts";

/** Who could sign when, as the installation's history tells it, and the first flaw of that history's chain. */
export type Signers = {
  readonly flaw: Flaw | null;
  /** The first signature of a record, whose own history is whole, that it does not bear out. */
  readonly flawOf: (stream: Stream) => Promise<Flaw | null>;
};

export async function readSigners(): Promise<Signers> {
  let { flaw, past } = await readPast();
  return {
    flaw,
    flawOf: async ({ head, events }) => {
      if (head?.kind !== "deployment") return null;
      const told = events.map(({ body }) => eventFrom(body));
      if (signersFlaw(head.id, told, past) === null) return null;
      // Somebody may have been let in since it was read.
      ({ past } = await readPast());
      return signersFlaw(head.id, told, past);
    },
  };
}

async function readPast(): Promise<{ readonly flaw: Flaw | null; readonly past: PastFacts }> {
  const { head, events, logged } = await readStream(INSTALLATION_ID);
  const gone = { stream: INSTALLATION_ID, seq: null, message: "its record is missing" };
  const flaw = head === null ? gone : chainFlaw(head, events, logged, null);
  return { flaw, past: new PastFacts(events.flatMap(({ body }) => installationEvent(parseBody(body)))) };
}

/**
 * The first signature by an account that was closed, as a role that its signer did not hold then and nobody
 * who held it had given them, or with a passkey that was not theirs then.
 */
function signersFlaw(stream: string, events: readonly DeploymentEvent[], past: PastFacts): Flaw | null {
  const [opened] = events;
  const team = opened?.type === "deployment.opened" ? opened.data.teamId : "";
  for (const event of events) {
    const message = isSignature(event) ? signerProblem(event, team, past) : null;
    if (message !== null) return { stream, seq: event.seq, message };
  }
  return null;
}

type Signature = Extract<
  DeploymentEvent,
  { type: "approval.granted" | "approval.rejected" | "break-glass.confirmed" }
>;

function isSignature(event: DeploymentEvent): event is Signature {
  return (
    event.type === "approval.granted" ||
    event.type === "approval.rejected" ||
    event.type === "break-glass.confirmed"
  );
}

function signerProblem({ at, actor, data }: Signature, team: string, past: PastFacts): string | null {
  const isOpen = past.around(`person ${actor.id}`, at).some(({ closed }) => closed === false);
  if (!isOpen) return "it is signed by nobody whose account was open then";
  const { role, proof, assertion } = data;
  const mandate = "for" in data ? data.for : undefined;
  const holds = (person: string) =>
    [team, null].some((each) => past.around(roleKey({ person, role, team: each }), at).length > 0);
  if (mandate === undefined && !holds(actor.id))
    return `it is signed as ${role}, which its signer was not then`;
  if (mandate !== undefined && !(holds(mandate.id) && standsIn(mandate)))
    return `it is signed for somebody who had not given its signer the role ${role} then`;
  return proof !== "passkey" || isTheirs(assertion)
    ? null
    : "it is signed with a passkey that was not its signer's then";

  function standsIn({ id, delegation }: { readonly id: string; readonly delegation: string }): boolean {
    return past
      .around(`delegation ${delegation}`, at)
      .some(
        (given) =>
          given.from === id &&
          given.to === actor.id &&
          given.role === role &&
          (given.team === null || given.team === team) &&
          given.endCause === null &&
          isDuring(given, at),
      );
  }

  function isTheirs(answer: Signature["data"]["assertion"]): boolean {
    // An enrolment of before tells no key; then the passkey's id has to do.
    return past
      .around(`passkey ${answer?.passkey}`, at)
      .some(
        ({ person, publicKey }) =>
          person === actor.id && (publicKey ?? answer?.publicKey) === answer?.publicKey,
      );
  }
}

function isDuring({ startsAt, endsAt }: Fact, at: string): boolean {
  return String(startsAt) <= laterBy(at, CLOCKS_DIFFER_MS) && laterBy(at, -CLOCKS_DIFFER_MS) < String(endsAt);
}

// Only a record whose chain and replay were found whole comes here.
function eventFrom(body: string): DeploymentEvent {
  return JSON.parse(body) as DeploymentEvent;
}

// What tells nothing of an installation changes nothing of its past, whatever else it holds.
function installationEvent(entry: Readonly<Record<string, unknown>> | null): readonly InstallationEvent[] {
  return entry === null ? [] : [entry as unknown as InstallationEvent];
}
