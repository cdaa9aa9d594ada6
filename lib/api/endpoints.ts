import type { Endpoint } from "./endpoint.ts";
import { getBundleEndpoint } from "./endpoints/bundles.ts";
import {
  getDeploymentEndpoint,
  listDeploymentsEndpoint,
  openDeploymentEndpoint,
} from "./endpoints/deployments.ts";
import { listDeploymentEventsEndpoint, searchEventsEndpoint } from "./endpoints/events.ts";
import {
  exportDeploymentEndpoint,
  exportDeploymentEventsEndpoint,
  exportEventsEndpoint,
  exportInsightsEndpoint,
} from "./endpoints/exports.ts";
import { downloadFileEndpoint } from "./endpoints/files.ts";
import {
  addEvidenceEndpoint,
  addReportEndpoint,
  checkItemEndpoint,
  clearItemEndpoint,
  runCheckEndpoint,
  waiveItemEndpoint,
} from "./endpoints/items.ts";
import {
  cancelDeploymentEndpoint,
  completePhaseEndpoint,
  getGateEndpoint,
  startPhaseEndpoint,
  triggerRollbackEndpoint,
} from "./endpoints/phases.ts";

/** Every endpoint of the REST API, in the order of its reference. */
export const ENDPOINTS: readonly Endpoint[] = [
  listDeploymentsEndpoint,
  openDeploymentEndpoint,
  getDeploymentEndpoint,
  checkItemEndpoint,
  clearItemEndpoint,
  waiveItemEndpoint,
  addEvidenceEndpoint,
  addReportEndpoint,
  runCheckEndpoint,
  downloadFileEndpoint,
  getGateEndpoint,
  startPhaseEndpoint,
  completePhaseEndpoint,
  triggerRollbackEndpoint,
  cancelDeploymentEndpoint,
  exportDeploymentEndpoint,
  listDeploymentEventsEndpoint,
  exportDeploymentEventsEndpoint,
  searchEventsEndpoint,
  exportEventsEndpoint,
  exportInsightsEndpoint,
  getBundleEndpoint,
];
