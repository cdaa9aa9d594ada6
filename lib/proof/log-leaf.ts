import { leafHash } from "./merkle-tree.ts";

/** One event as the log names it. */
export type LogLeaf = {
  readonly stream: string;
  readonly seq: number;
  /** The event's hash, in hex. */
  readonly hash: string;
};

/** The leaf's hash: over canonical JSON of stream, number and hash. */
export function hashOfLeaf({ stream, seq, hash }: LogLeaf): Buffer {
  return leafHash(`{"hash":"${hash}","seq":${seq},"stream":"${stream}"}`);
}

/** Whether something that came from outside is a leaf, down to the types of its parts. */
export function isLogLeaf({ stream, seq, hash }: Readonly<Record<keyof LogLeaf, unknown>>): boolean {
  const isNumber = typeof seq === "number" && Number.isSafeInteger(seq) && seq >= 1;
  return isNumber && isText(stream, STREAM) && isText(hash, HASH);
}

const STREAM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HASH = /^[0-9a-f]{64}$/;

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === "string" && form.test(value);
}
