import { z } from "zod";

const cursorSchema = z.tuple([z.iso.datetime(), z.string().max(100)]);

/** Where a page ended: the time and id of its last row. */
export type Cursor = { readonly at: string; readonly id: string };

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString("base64url");
}

/** A cursor that we gave out; anything else counts as none, so that an old link still shows a page. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { at, id };
  } catch {
    return null;
  }
}
