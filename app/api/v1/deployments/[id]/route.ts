import { route } from "#lib/api/endpoint.ts";
import { getDeploymentEndpoint } from "#lib/api/endpoints/deployments.ts";

export const GET = route(getDeploymentEndpoint);
