import { route } from "#lib/api/endpoint.ts";
import { exportDeploymentEventsEndpoint } from "#lib/api/endpoints/exports.ts";

export const GET = route(exportDeploymentEventsEndpoint);
