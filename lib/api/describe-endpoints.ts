import { z } from "zod";
import { SCOPES_FOR, type TokenScope } from "#lib/domain/token-scopes.ts";
import type { Endpoint } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";

export type FieldDescription = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly note: string;
};

export type EndpointDescription = {
  readonly id: string;
  readonly method: Endpoint["method"];
  readonly path: string;
  readonly summary: string;
  readonly description: string | null;
  readonly scopes: readonly TokenScope[];
  readonly query: readonly FieldDescription[];
  readonly body: readonly FieldDescription[];
  readonly uploads: boolean;
  readonly example: string;
};

export type EndpointSection = { readonly title: string; readonly endpoints: readonly EndpointDescription[] };

/** The REST API for people, made from the same endpoints as the OpenAPI document. */
export function describeEndpoints(): readonly EndpointSection[] {
  const byTag = Map.groupBy(ENDPOINTS, ({ tag }) => tag);
  return [...byTag].map(([title, endpoints]) => ({ title, endpoints: endpoints.map(describe) }));
}

function describe(endpoint: Endpoint): EndpointDescription {
  const { id, method, path, summary, description = null, action, body, uploads } = endpoint;
  const query = fieldsOf(endpoint.query);
  return {
    id,
    method,
    path,
    summary,
    description,
    scopes: SCOPES_FOR[action],
    query,
    body: body === null ? [] : fieldsOf(body),
    uploads,
    example: exampleOf(endpoint, query),
  };
}

const objectSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({})).default({}),
  required: z.array(z.string()).default([]),
  oneOf: z.array(z.unknown()).default([]),
});
const valueSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  description: z.string().default(""),
  default: z.unknown().optional(),
});

function fieldsOf(schema: z.ZodType): readonly FieldDescription[] {
  const { properties, required, oneOf } = objectSchema.parse(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
  );
  if (oneOf.length > 0) return oneOf.flatMap((option) => alternative(objectSchema.parse(option)));
  return Object.entries(properties).map(([name, value]) => fieldOf(name, value, required.includes(name)));
}

// One of several forms, told apart by its constant.
function alternative({ properties, required }: z.infer<typeof objectSchema>): readonly FieldDescription[] {
  const [kind, ...rest] = Object.entries(properties);
  const constant = kind === undefined ? "" : String(valueSchema.parse(kind[1]).const);
  return rest.map(([name, value]) => ({
    ...fieldOf(name, value, required.includes(name)),
    note: `when ${kind?.[0]} is ${constant}`,
  }));
}

function fieldOf(name: string, value: unknown, required: boolean): FieldDescription {
  const { description, default: preset } = valueSchema.parse(value);
  const note = [description, preset === undefined ? "" : `default ${JSON.stringify(preset)}`]
    .filter(Boolean)
    .join("; ");
  return { name, type: typeOf(value), required, note };
}

function typeOf(value: unknown): string {
  const { type, format, enum: values, anyOf } = valueSchema.parse(value);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(" or ");
  return values === undefined ? (format ?? [type ?? "object"].flat().join(" or ")) : values.join(" | ");
}

function exampleOf({ method, path, body, uploads }: Endpoint, query: readonly FieldDescription[]): string {
  const flags = [
    ...(method === "GET" ? [] : [`-X ${method}`, "-H 'Idempotency-Key: …'"]),
    ...(body === null ? [] : ["-H 'Content-Type: application/json'", "-d @body.json"]),
    ...(body === null && uploads ? ["--data-binary @report"] : []),
  ];
  const asked = query.flatMap(({ name, type, required }) =>
    required ? `${name}=${exampleValueOf(type)}` : [],
  );
  const search = asked.length === 0 ? "" : `?${asked.join("&")}`;
  return [
    `curl -H "Authorization: Bearer $COUNTERSIGN_TOKEN"`,
    ...flags,
    `"$COUNTERSIGN_URL/api/v1${path}${search}"`,
  ].join(" \\\n  ");
}

/** The first of those that may be given. */
function exampleValueOf(type: string): string {
  const [first = "", ...others] = type.split(" | ");
  return others.length === 0 ? "…" : first;
}
