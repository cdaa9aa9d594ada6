import { expect, test } from "vitest";
import { describeEndpoints } from "#lib/api/describe-endpoints.ts";

const ENDPOINTS = describeEndpoints().flatMap(({ endpoints }) => endpoints);

function find(method: string, path: string) {
  const found = ENDPOINTS.find((endpoint) => endpoint.method === method && endpoint.path === path);
  if (found === undefined) throw new Error(`There is no ${method} ${path}`);
  return found;
}

test("says of a value that may be missing what it is otherwise", () => {
  const owner = find("PUT", "/deployments/{id}/items/{key}/owner").body;
  expect(owner).toEqual([expect.objectContaining({ name: "ownerId", type: "uuid or null" })]);
  const due = find("PUT", "/deployments/{id}/items/{key}/due").body;
  expect(due).toEqual([expect.objectContaining({ name: "dueAt", type: "date-time or null" })]);
});

test("asks in an example for what cannot be left out", () => {
  for (const { query, example } of ENDPOINTS)
    for (const { name, required } of query) if (required) expect(example).toContain(`${name}=`);
  expect(find("GET", "/deployments/{id}/export").example).toContain("/export?format=pdf");
});
