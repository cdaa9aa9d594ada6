import { route } from "#lib/api/endpoint.ts";
import { triggerRollbackEndpoint } from "#lib/api/endpoints/phases.ts";

export const POST = route(triggerRollbackEndpoint);
