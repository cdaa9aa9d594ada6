import { route } from "#lib/api/endpoint.ts";
import { getGateEndpoint } from "#lib/api/endpoints/phases.ts";

export const GET = route(getGateEndpoint);
