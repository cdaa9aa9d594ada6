import type { Random } from "../support/random.ts";
import type { Valid } from "./requests.ts";
import { HOSTILE_HEADERS, HOSTILE_PARTS, HOSTILE_VALUES } from "./values.ts";

const MARK = "@@here@@";
const PARAMETERS = ["cursor", "limit", "status", "service", "type", "actor", "text", "from", "to", "event"];
const MORE = [
  "time",
  "format",
  "checker",
  "name",
  "label",
  "item",
  "deployment",
  "token",
  "callbackUrl",
  "a[b]",
];

/** The request with one thing in it that is not as it should be; it may be taken for all that. */
export function bent(request: Valid, random: Random): Valid {
  const ways = [
    ...(request.takesJson ? [bentValue, bentValue, bentValue, bentValue, bentKey, bentBytes] : []),
    ...(request.body !== undefined && !request.takesJson ? [bentBytes, bentBytes] : []),
    bentHeader,
    ...(request.kind === "action" ? [] : [bentParameter, bentParameter, bentPath]),
  ];
  return random.pick(ways)(request, random);
}

function bentValue(request: Valid, random: Random): Valid {
  const value: unknown = JSON.parse(textOf(request));
  const marked = mark(value, random, request.kind === "action" ? 1 : 0);
  return { ...request, body: JSON.stringify(marked).replace(`"${MARK}"`, () => random.pick(HOSTILE_VALUES)) };
}

/** The value with one of its parts, at least so deep, replaced by the mark. */
function mark(value: unknown, random: Random, depth: number): unknown {
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (parts.length === 0 || (depth <= 0 && random.below(6) === 0)) return MARK;
  const [name] = random.pick(parts);
  const change = (part: unknown) => mark(part, random, depth - 1);
  return Array.isArray(value)
    ? value.map((part, index) => (String(index) === name ? change(part) : part))
    : Object.fromEntries(parts.map(([key, part]) => [key, key === name ? change(part) : part]));
}

/** A field too many, twice there, or named otherwise. */
function bentKey(request: Valid, random: Random): Valid {
  const text = textOf(request);
  const value = random.pick(HOSTILE_VALUES);
  const known = /"(\w+)":/.exec(text)?.[1] ?? "a";
  const key = random.pick(["__proto__", "constructor", "toString", "unknown", "", known, known]);
  const spots = [
    () => text.replace("{", () => `{"${key}":${value},`),
    () => text.replace(/\}(?=[^}]*$)/, () => `,"${key}":${value}}`),
    () => text.replace(`"${known}":`, () => `"${known.toUpperCase()}":`),
  ];
  return { ...request, body: random.pick(spots)() };
}

/** A byte that is no text, in the middle of it. */
function bentBytes(request: Valid, random: Random): Valid {
  const bytes = Buffer.from(textOf(request));
  const place = random.below(bytes.length + 1);
  const piece = random.pick([
    [0xff],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf0, 0x9f],
    [0],
    [0xef, 0xbb, 0xbf],
  ]);
  return {
    ...request,
    body: new Uint8Array([...bytes.subarray(0, place), ...piece, ...bytes.subarray(place)]),
  };
}

function bentHeader(request: Valid, random: Random): Valid {
  const [name, value] = random.pick(HOSTILE_HEADERS);
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function bentParameter(request: Valid, random: Random): Valid {
  const [path = "", query = ""] = request.path.split("?");
  const known = query.split("&").flatMap((pair) => pair.split("=")[0] ?? []);
  const name = random.pick([...PARAMETERS, ...MORE, "__proto__", ...known]);
  const added = `${name}=${random.pick(HOSTILE_PARTS)}`;
  const pairs = random.pick([[added], [query, added], [added, query], [query, added, added]]);
  return { ...request, path: `${path}?${pairs.filter((pair) => pair !== "").join("&")}` };
}

function bentPath(request: Valid, random: Random): Valid {
  const [path = "", query] = request.path.split("?");
  const segments = path.split("/");
  const place = 1 + random.below(Math.max(1, segments.length - 1));
  const changed = segments.map((segment, index) => (index === place ? random.pick(HOSTILE_PARTS) : segment));
  return { ...request, path: `${changed.join("/") || "/"}${query === undefined ? "" : `?${query}`}` };
}

function textOf({ body }: Valid): string {
  return typeof body === "string" ? body : "";
}
