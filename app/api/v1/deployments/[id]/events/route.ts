import { route } from "#lib/api/endpoint.ts";
import { listDeploymentEventsEndpoint } from "#lib/api/endpoints/events.ts";

export const GET = route(listDeploymentEventsEndpoint);
