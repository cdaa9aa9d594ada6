import type { BundledEvent, BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import type { SigningKey } from "#lib/proof/note-keys.ts";
import { assemble, NO_HASH, signedAs, type Mutation } from "./assemble-bundle.ts";
import { refute } from "./counter-example.ts";
import { newKey, type Parts } from "./paper-installation.ts";
import type { Random } from "./random.ts";

/** Changes of the events, their places in the log, its checkpoint, and of what was signed. */
export const HISTORY_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "an edited event": onEvent((event) => ({ ...event, body: event.body.replace('"at":"2026', '"at":"2025') })),
  "an edited event with its hash": onEvent((event) =>
    rehashed(event, event.body.replace('"at":"2026', '"at":"2025')),
  ),
  "a back-dated event, chained anew": ({ parts, record, installation, random }) => {
    const which = random.below(record.entries.length);
    const entries = record.entries.map((entry, at) =>
      at === which ? { ...entry, at: "2020-01-01T00:00:00.000Z" } : entry,
    );
    const forged = installation.bundleOf(record, entries).manifest;
    const events = parts.manifest.events.map((event, at) => ({ ...event, ...pickChain(forged.events[at]) }));
    return assemble({ ...parts, manifest: { ...parts.manifest, events, head: forged.head } });
  },
  "another actor, chained anew": ({ parts, record, installation }) => {
    const entries = record.entries.map((entry) => ({ ...entry, actor: { ...entry.actor, name: "Mallory" } }));
    const forged = installation.bundleOf(record, entries).manifest;
    const events = parts.manifest.events.map((event, at) => ({ ...event, ...pickChain(forged.events[at]) }));
    return assemble({ ...parts, manifest: { ...parts.manifest, events, head: forged.head } });
  },
  "an event dropped": onEvents((events, random) => events.toSpliced(random.below(events.length - 1), 1)),
  "the first event dropped": onEvents((events) => events.slice(1)),
  "the tail cut": onEvents((events, random) => events.slice(0, 1 + random.below(events.length - 1))),
  "the tail cut, with its head": ({ parts }) => {
    const events = parts.manifest.events.slice(0, -1);
    const last = events.at(-1) ?? refute("a record of one event");
    const manifest = { ...parts.manifest, events, head: { seq: last.seq, hash: last.hash } };
    return assemble({ ...parts, manifest }, signedAs(parts));
  },
  "two events in each other's place": onEvents((events, random) => {
    const at = random.below(events.length - 1);
    return events.toSpliced(at, 2, ...events.slice(at, at + 2).toReversed());
  }),
  "an event twice": onEvents((events, random) => {
    const at = random.below(events.length);
    return events.toSpliced(at, 0, ...events.slice(at, at + 1));
  }),
  "an event's number": onEvent((event) => ({ ...event, seq: event.seq + 1 })),
  "an event of another record": ({ parts, installation, record, random }) => {
    const other = installation.bundleOf({ ...record, id: FREE_ID }).manifest.events;
    const at = random.below(other.length);
    const events = parts.manifest.events.with(at, other[at] ?? refute("no other event"));
    return assemble({ ...parts, manifest: { ...parts.manifest, events } });
  },
  "an event that is a list": onEvent((event) => rehashed(event, "[1]")),
  "an event that nests without end": onEvent((event) =>
    rehashed(event, `${"[".repeat(9_000)}${"]".repeat(9_000)}`),
  ),
  "an event that ends in a string, after brackets in it, under another hash": onEvent((event) => ({
    ...event,
    body: `"${"[".repeat(101)}\\`,
  })),
  "an event with a lone surrogate": onEvent((event) =>
    rehashed(event, event.body.replace('{"actor"', '{"\\ud800":1,"actor"')),
  ),
  "an event with a space": onEvent((event) => rehashed(event, `${event.body} `)),
  "an event with a number in another form": onEvent((event) =>
    rehashed(event, event.body.replace('"seq":', '"seq":0.')),
  ),
  "another hash": onEvent((event) => ({ ...event, hash: NO_HASH })),
  "a proof with another hash": onEvent((event, random) =>
    event.proof.length === 0
      ? { ...event, proof: [NO_HASH] }
      : { ...event, proof: event.proof.with(random.below(event.proof.length), NO_HASH) },
  ),
  "a proof too long": onEvent((event) => ({ ...event, proof: [...event.proof, NO_HASH] })),
  "a proof too short": onEvent((event) => ({
    ...event,
    proof: event.proof.length === 0 ? [NO_HASH] : event.proof.slice(1),
  })),
  "another place in the log": onEvent((event) => ({ ...event, leaf: event.leaf + 1 })),
  "a place beyond the log": onEvent((event) => ({ ...event, leaf: 2 ** 40 })),
  "a checkpoint of another key": ({ parts }) => withCheckpoint(parts, newKey(), parts.manifest.checkpoint),
  "a checkpoint over another root": ({ parts }) =>
    assemble({
      ...parts,
      manifest: {
        ...parts.manifest,
        checkpoint: signCheckpoint(
          { size: 9, root: Buffer.alloc(32), at: "2026-11-25T12:00:00.000Z" },
          parts.key,
        ),
      },
    }),
  "an edited checkpoint": ({ parts }) =>
    assemble({
      ...parts,
      manifest: {
        ...parts.manifest,
        checkpoint: parts.manifest.checkpoint.replace("time 2026", "time 2025"),
      },
    }),
  "a checkpoint without its signature": ({ parts }) =>
    assemble({
      ...parts,
      manifest: { ...parts.manifest, checkpoint: parts.manifest.checkpoint.replace(/— .*\n$/u, "") },
    }),
  "a signed content edited": onSigned((signed, at) =>
    signed.with(at, { digest: signed[at]?.digest ?? "", text: "{}" }),
  ),
  "a signed content left out": onSigned((signed, at) => signed.toSpliced(at, 1)),
  "a signed content twice": onSigned((signed, at) => [...signed, ...signed.slice(at, at + 1)]),
  "a signed content twice, the last edited": onSigned((signed, at) => [
    ...signed,
    { digest: signed[at]?.digest ?? "", text: "{}" },
  ]),
  "a signed content that nobody signed, with another digest": onSigned((signed) => [
    ...signed,
    { digest: NO_HASH, text: "{}" },
  ]),
  "a passkey's answer edited, signed anew": onAssertion((assertion, random) => {
    const name = random.pick(["nonce", "clientData", "authenticatorData", "signature", "publicKey"] as const);
    const bytes = Buffer.from(assertion[name] ?? "", "base64url");
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return { ...assertion, [name]: name === "nonce" ? `${assertion[name]}0` : bytes.toString("base64url") };
  }),
  "a passkey that did not check its user": onAssertion((assertion) => {
    const bytes = Buffer.from(assertion["authenticatorData"] ?? "", "base64url");
    bytes[32] = 1;
    return { ...assertion, authenticatorData: bytes.toString("base64url") };
  }),
};

const FREE_ID = "aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa";

function withCheckpoint(parts: Parts, key: SigningKey, note: string): Promise<Buffer> {
  const root = Buffer.from(note.split("\n")[2] ?? "", "base64");
  const checkpoint = signCheckpoint(
    { size: Number(note.split("\n")[1]), root, at: "2026-11-25T12:00:00.000Z" },
    key,
  );
  return assemble({ ...parts, manifest: { ...parts.manifest, checkpoint } });
}

function onEvents(change: (events: BundledEvent[], random: Random) => BundledEvent[]): Mutation {
  return async ({ parts, random }) => {
    const events = change(parts.manifest.events, random);
    return assemble({ ...parts, manifest: { ...parts.manifest, events } });
  };
}

function onEvent(change: (event: BundledEvent, random: Random) => BundledEvent): Mutation {
  return onEvents((events, random) => {
    const at = random.below(events.length);
    return events.with(at, change(events[at] ?? refute("no event"), random));
  });
}

function onSigned(
  change: (signed: BundleManifest["signed"], at: number) => BundleManifest["signed"],
): Mutation {
  return async ({ parts, random }) => {
    const { signed } = parts.manifest;
    const changed =
      signed.length === 0 ? [{ digest: NO_HASH, text: "" }] : change(signed, random.below(signed.length));
    return assemble({ ...parts, manifest: { ...parts.manifest, signed: changed } });
  };
}

// The whole history is chained and sealed anew, as only whoever has the key can.
function onAssertion(change: (assertion: Record<string, string>, random: Random) => object): Mutation {
  return async ({ installation, record, random, parts }) => {
    const at = record.entries.findIndex(({ data }) => "assertion" in data);
    if (at < 0) return assemble(parts, { signedBy: newKey() });
    const entries = record.entries.map((entry, index) =>
      index === at && "assertion" in entry.data
        ? {
            ...entry,
            data: { ...entry.data, assertion: change({ ...Object(entry.data.assertion) }, random) },
          }
        : entry,
    );
    return assemble(installation.bundleOf(record, entries));
  };
}

function rehashed(event: BundledEvent, body: string): BundledEvent {
  return { ...event, body, hash: sha256(body) };
}

function pickChain(event: BundledEvent | undefined) {
  return { body: event?.body ?? "", hash: event?.hash ?? "" };
}
