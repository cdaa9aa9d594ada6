import { route } from "#lib/api/endpoint.ts";
import { downloadFileEndpoint } from "#lib/api/endpoints/files.ts";

export const GET = route(downloadFileEndpoint);
