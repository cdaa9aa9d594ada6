import { z } from "zod";
import { Rejection } from "#lib/domain/rejection.ts";

/** Where a page ended: the time and id of its last row; on the board its place in place of the time. */
export type Cursor = { readonly at: string; readonly id: string };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** How the rows of a list are named: a record by its id, an event by its stream and number, an entry by number. */
const IDS = {
  record: new RegExp(`^${UUID}$`),
  event: new RegExp(`^${UUID}:[1-9]\\d{0,8}$`),
  entry: /^[1-9]\d{0,17}$/,
  board: new RegExp(`^${UUID}$`),
} as const;

const instant = z.iso.datetime({ precision: 3 }).refine((text) => text >= "1970");
const place = z.string().regex(/^-?\d{1,15}$/);

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString("base64url");
}

/** A cursor that we gave out; null without one. Rejects anything else, so that nobody reads page one for ever. */
export function decodeCursor(text: string | undefined, rows: keyof typeof IDS): Cursor | null {
  if (text === undefined) return null;
  const cursor = read(text, rows);
  if (cursor !== null) return cursor;
  const message = "This is no cursor that a page gave";
  throw new Rejection("invalid-input", message, { fields: { cursor: message } });
}

/** The cursor of a page's address; without a sound one the list begins at its first page. */
export function cursorInAddress(text: string | undefined, rows: keyof typeof IDS): string | undefined {
  return text !== undefined && read(text, rows) !== null ? text : undefined;
}

function read(text: string, rows: keyof typeof IDS): Cursor | null {
  try {
    const schema = z.tuple([rows === "board" ? place : instant, z.string().regex(IDS[rows])]);
    const [at, id] = schema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { at, id };
  } catch {
    return null;
  }
}
