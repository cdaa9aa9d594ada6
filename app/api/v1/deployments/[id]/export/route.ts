import { route } from "#lib/api/endpoint.ts";
import { exportDeploymentEndpoint } from "#lib/api/endpoints/exports.ts";

export const GET = route(exportDeploymentEndpoint);
