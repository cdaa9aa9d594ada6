import { z } from "zod";
import { REJECTION_CODES } from "#lib/domain/rejection.ts";
import { SCOPES_FOR, TOKEN_SCOPE_TITLES } from "#lib/domain/token-scopes.ts";
import { REQUEST_QUOTA } from "#lib/services/request-limits.ts";
import type { Endpoint } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { problem } from "./schemas/deployment.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that validate. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Countersign",
      version: "1",
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }],
    tags: [...new Set(ENDPOINTS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(ENDPOINTS),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: `An API token. Scopes: ${Object.entries(TOKEN_SCOPE_TITLES)
            .map(([scope, title]) => `${scope}: ${title}`)
            .join("; ")}.`,
        },
      },
      schemas: namedSchemas(),
    },
  };
}

const DESCRIPTION = `Deployment sign-off you can prove. Errors are RFC 9457 problem documents with a stable \`code\`: ${REJECTION_CODES.join(", ")}. A token may send ${REQUEST_QUOTA.requests} requests in ${REQUEST_QUOTA.seconds} seconds. Approvals have no token way in: a signature is a person's, in a session.`;

function pathsOf(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operationOf(endpoint),
    };
  }
  return paths;
}

function operationOf(endpoint: Endpoint): Json {
  const { id, summary, description, tag, method, action, status = 200 } = endpoint;
  const success = {
    description: status === 201 ? "Made" : "Done",
    content: contentOf(endpoint),
  };
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    "x-scopes": SCOPES_FOR[action],
    parameters: [
      ...parametersOf(endpoint.params, "path"),
      ...parametersOf(endpoint.query, "query"),
      ...(method === "GET" ? [] : WRITE_HEADERS),
    ],
    ...bodyOf(endpoint),
    responses: { [status]: success, ...problemsOf(endpoint) },
  };
}

function contentOf({ id, response }: Endpoint): Json {
  if (id === "downloadFile") return { "application/octet-stream": {} };
  if (id === "exportDeployment") return { "application/pdf": {}, "text/markdown": {} };
  if (id === "exportEvents" || id === "exportDeploymentEvents")
    return { "text/csv": {}, "application/jsonl": {} };
  return { "application/json": { schema: schemaOf(response, "output") } };
}

function bodyOf({ body, uploads }: Endpoint): Json {
  const json = body === null ? {} : { "application/json": { schema: schemaOf(body, "input") } };
  const bytes = uploads
    ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
    : {};
  if (body === null && !uploads) return {};
  return { requestBody: { required: true, content: { ...json, ...bytes } } };
}

const WRITE_HEADERS = [
  {
    name: "Idempotency-Key",
    in: "header",
    description: "A repeat with the same key gets the first answer and changes nothing",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
  {
    name: "If-Match",
    in: "header",
    description: "The record's ETag: the write is refused with 412 when the record has changed since",
    schema: { type: "string" },
  },
];

function problemsOf({ method, body, uploads }: Endpoint): Json {
  const write = method !== "GET";
  const codes = [
    401,
    403,
    404,
    422,
    429,
    ...(write ? [409, 412] : []),
    ...(body || uploads ? [400, 413, 415] : []),
  ];
  const titles: Readonly<Record<number, string>> = {
    400: "Not JSON",
    401: "No valid token",
    403: "Your roles or the token's scopes do not allow this",
    404: "There is no such thing, or you may not see it",
    409: "The rules of the record refuse it; `blockers` say why",
    412: "The record has changed since `If-Match`",
    413: "Too large",
    415: "Not JSON",
    422: "Bad input; `fields` say where",
    429: "Too many requests",
  };
  return Object.fromEntries(
    codes
      .toSorted((a, b) => a - b)
      .map((status) => [
        status,
        {
          description: titles[status],
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      ]),
  );
}

function parametersOf(schema: z.ZodType, place: "path" | "query"): readonly Json[] {
  const { properties = {}, required = [] } = z
    .looseObject({
      properties: z.record(z.string(), z.looseObject({})).optional(),
      required: z.array(z.string()).optional(),
    })
    .parse(schemaOf(schema, "input"));
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const {
    $schema: _dialect,
    $defs: _named,
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return atComponents(rest);
}

// Schemas with a name stand among the document's components, once.
function namedSchemas(): Json {
  const schemas = [problem, ...ENDPOINTS.map(({ response }) => response)];
  const named = schemas.flatMap((schema) =>
    Object.entries(z.toJSONSchema(schema, { unrepresentable: "any" }).$defs ?? {}),
  );
  return atComponents(Object.fromEntries(named));
}

function atComponents(schema: object): Json {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
