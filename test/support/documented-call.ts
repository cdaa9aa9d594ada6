import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { z } from "zod";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { callApi, tokenOf, type ApiAnswer, type ApiRequest } from "./api-client.ts";
import { emailOf, makeTeam, type Team } from "./factories.ts";

export type DocumentedCall = (
  id: string,
  params?: Readonly<Record<string, string>>,
  request?: ApiRequest,
  query?: string,
) => Promise<ApiAnswer>;

/** Calls endpoints by their operation ids with a token, and holds each success against what it documents. */
function callsWith(token: string): DocumentedCall {
  return async (id, params = {}, request = {}, query = "") => {
    const endpoint = ENDPOINTS.find((candidate) => candidate.id === id);
    if (endpoint === undefined) throw new Error(`no endpoint ${id}`);
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? "");
    const answer = await callApi(token, endpoint.method, `${path}${query}`, request);
    if (answer.status < 300 && id !== "downloadFile") {
      expect(answer.status).toBe(endpoint.status ?? 200);
      const checked = endpoint.response.safeParse(answer.json);
      expect(checked.error?.issues ?? []).toEqual([]);
    }
    return answer;
  };
}

/** A team, a token of its lead that reads and writes, and the calls with it. */
export async function makeCallingTeam() {
  const team = await makeTeam();
  const token = await tokenOf(team.lead, "read", "write");
  return { team, token, call: callsWith(token) };
}

export const idIn = (answer: ApiAnswer) => z.object({ id: z.uuid() }).parse(answer.json).id;
export const codeIn = (answer: ApiAnswer) => z.object({ code: z.string() }).parse(answer.json).code;

/** What opens a deployment of a service of its own, over HTTP. */
export async function openingOf(team: Team, more: object = {}) {
  return {
    team: team.name,
    service: `service-${randomUUID().slice(0, 8)}`,
    version: "2.14.0",
    commit: "3f9c2ab",
    environment: "production",
    deploymentAt: new Date(Date.now() + 86_400_000).toISOString(),
    deployedBy: await emailOf(team.engineer),
    ...more,
  };
}
