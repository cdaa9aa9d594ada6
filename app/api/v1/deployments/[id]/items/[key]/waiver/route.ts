import { route } from "#lib/api/endpoint.ts";
import { waiveItemEndpoint } from "#lib/api/endpoints/items.ts";

export const PUT = route(waiveItemEndpoint);
