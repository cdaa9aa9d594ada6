import { route } from "#lib/api/endpoint.ts";
import { searchEventsEndpoint } from "#lib/api/endpoints/events.ts";

export const GET = route(searchEventsEndpoint);
