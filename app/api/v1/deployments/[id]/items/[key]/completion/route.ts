import { route } from "#lib/api/endpoint.ts";
import { checkItemEndpoint, clearItemEndpoint } from "#lib/api/endpoints/items.ts";

export const PUT = route(checkItemEndpoint);
export const DELETE = route(clearItemEndpoint);
