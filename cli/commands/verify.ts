import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { splitNotes } from "#lib/proof/checkpoint.ts";
import { parseVerifierKey } from "#lib/proof/note-keys.ts";
import { plainJson } from "#lib/proof/plain-line.ts";
import { verifyBundle, type BundleVerdict, type Pin } from "#lib/proof/verify-bundle.ts";
import { textOf, type Values } from "../client.ts";
import { print, type Command } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { wordsForVerdict } from "../verdict-words.ts";

export const verify: Command = {
  name: "verify",
  usage: "verify BUNDLE [--key FILE | --fingerprint X] [--checkpoints FILE] [--json]",
  summary: "Check a bundle offline; names the first thing wrong. 0 whole, 1 broken, 2 unreadable",
  options: {
    key: { type: "string" },
    fingerprint: { type: "string" },
    checkpoints: { type: "string" },
    json: { type: "boolean" },
  },
  takes: 1,
  run: async ({ values, positionals }) => {
    const [path] = positionals;
    if (path === undefined) throw new UsageError("BUNDLE is missing");
    const pin = pinFrom(values);
    const verdict = againstDelivered(judge(path, pin), textOf(values, "checkpoints"));
    print(values["json"] === true ? plainJson(summaryOf(verdict, pin)) : wordsForVerdict(verdict, pin));
    return { whole: EXIT.done, broken: EXIT.refused, unreadable: EXIT.unreadable }[verdict.verdict];
  },
};

function judge(path: string, pin: Pin): BundleVerdict {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return { verdict: "unreadable", message: `${path} cannot be opened` };
  }
  try {
    const read = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    };
    const stat = fstatSync(file);
    if (stat.isDirectory()) return { verdict: "unreadable", message: `${path} is a folder` };
    return verifyBundle(read, stat.size, pin);
  } finally {
    closeSync(file);
  }
}

/** Whoever holds the checkpoints that were delivered outside need not trust the key's owner either. */
function againstDelivered(verdict: BundleVerdict, path: string | undefined): BundleVerdict {
  if (path === undefined || verdict.verdict !== "whole") return verdict;
  if (splitNotes(textAt(path)).includes(verdict.manifest.checkpoint)) return verdict;
  const message = `its checkpoint of ${verdict.checkpoint.at} is not among those in ${path}`;
  return { verdict: "broken", code: "checkpoint", seq: null, message, head: verdict.head };
}

function pinFrom(values: Values): Pin {
  const [path, given] = [textOf(values, "key"), textOf(values, "fingerprint")];
  if (path !== undefined && given !== undefined)
    throw new UsageError("Give --key or --fingerprint, not both");
  if (path !== undefined) {
    const key = textAt(path).trim();
    if (parseVerifierKey(key) === null)
      throw new UsageError(`${path} holds no public key of an installation`);
    return { key };
  }
  if (given === undefined) return null;
  const fingerprint = given.toLowerCase().replace(/[\s:]/g, "");
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) throw new UsageError("A fingerprint has 64 hex digits");
  return { fingerprint };
}

function textAt(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

function summaryOf(verdict: BundleVerdict, pin: Pin): object {
  if (verdict.verdict !== "whole") return verdict;
  const { head, manifest, key, checkpoint, events, removed } = verdict;
  return {
    verdict: "whole",
    deployment: manifest.deployment,
    events: events.length,
    head,
    files: manifest.files.length,
    removed: removed && { stone: removed.seq, at: removed.at, policy: removed.policy, by: removed.by.name },
    key: key.text,
    // Without a pin nobody but the bundle vouches for its key.
    pinned: pin !== null,
    checkpoint: { size: checkpoint.size, root: checkpoint.root.toString("hex"), at: checkpoint.at },
  };
}
