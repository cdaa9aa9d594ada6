import { route } from "#lib/api/endpoint.ts";
import { addEvidenceEndpoint } from "#lib/api/endpoints/items.ts";

export const POST = route(addEvidenceEndpoint);
