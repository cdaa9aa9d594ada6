import { route } from "#lib/api/endpoint.ts";
import { cancelDeploymentEndpoint } from "#lib/api/endpoints/phases.ts";

export const POST = route(cancelDeploymentEndpoint);
