import { route } from "#lib/api/endpoint.ts";
import { listDeploymentsEndpoint, openDeploymentEndpoint } from "#lib/api/endpoints/deployments.ts";

export const GET = route(listDeploymentsEndpoint);
export const POST = route(openDeploymentEndpoint);
