import { route } from "#lib/api/endpoint.ts";
import { addReportEndpoint } from "#lib/api/endpoints/items.ts";

export const POST = route(addReportEndpoint);
