import { route } from "#lib/api/endpoint.ts";
import { completePhaseEndpoint } from "#lib/api/endpoints/phases.ts";

export const POST = route(completePhaseEndpoint);
