import { route } from "#lib/api/endpoint.ts";
import { runCheckEndpoint } from "#lib/api/endpoints/items.ts";

export const POST = route(runCheckEndpoint);
