import { route } from "#lib/api/endpoint.ts";
import { startPhaseEndpoint } from "#lib/api/endpoints/phases.ts";

export const POST = route(startPhaseEndpoint);
