import { route } from "#lib/api/endpoint.ts";
import { exportEventsEndpoint } from "#lib/api/endpoints/exports.ts";

export const GET = route(exportEventsEndpoint);
