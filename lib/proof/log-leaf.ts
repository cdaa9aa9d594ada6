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
