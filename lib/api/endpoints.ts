import type { Endpoint } from "./endpoint.ts";
import { getBundleEndpoint } from "./endpoints/bundles.ts";
import {
  addCommentEndpoint,
  deleteCommentEndpoint,
  editCommentEndpoint,
  listCommentsEndpoint,
  listDeploymentPeopleEndpoint,
} from "./endpoints/comments.ts";
import { getDateConflictsEndpoint } from "./endpoints/date-conflicts.ts";
import {
  getDeploymentEndpoint,
  listDeploymentsEndpoint,
  openDeploymentEndpoint,
} from "./endpoints/deployments.ts";
import {
  getDeploymentEventEndpoint,
  listDeploymentEventsEndpoint,
  searchEventsEndpoint,
} from "./endpoints/events.ts";
import {
  exportDeploymentEndpoint,
  exportDeploymentEventsEndpoint,
  exportEventsEndpoint,
  exportInsightsEndpoint,
} from "./endpoints/exports.ts";
import { createFreezeEndpoint, endFreezeEndpoint, listFreezesEndpoint } from "./endpoints/freezes.ts";
import { downloadFileEndpoint } from "./endpoints/files.ts";
import {
  addEvidenceEndpoint,
  addReportEndpoint,
  assignItemEndpoint,
  checkItemEndpoint,
  clearItemEndpoint,
  runCheckEndpoint,
  setItemDueEndpoint,
  waiveItemEndpoint,
} from "./endpoints/items.ts";
import {
  cancelDeploymentEndpoint,
  completePhaseEndpoint,
  getGateEndpoint,
  startPhaseEndpoint,
  triggerRollbackEndpoint,
} from "./endpoints/phases.ts";
import { getSloSeriesEndpoint } from "./endpoints/slo-series.ts";

/** Every endpoint of the REST API, in the order of its reference. */
export const ENDPOINTS: readonly Endpoint[] = [
  listDeploymentsEndpoint,
  openDeploymentEndpoint,
  getDeploymentEndpoint,
  getSloSeriesEndpoint,
  checkItemEndpoint,
  clearItemEndpoint,
  waiveItemEndpoint,
  assignItemEndpoint,
  setItemDueEndpoint,
  addEvidenceEndpoint,
  addReportEndpoint,
  runCheckEndpoint,
  downloadFileEndpoint,
  listCommentsEndpoint,
  addCommentEndpoint,
  editCommentEndpoint,
  deleteCommentEndpoint,
  listDeploymentPeopleEndpoint,
  getGateEndpoint,
  startPhaseEndpoint,
  completePhaseEndpoint,
  triggerRollbackEndpoint,
  cancelDeploymentEndpoint,
  listFreezesEndpoint,
  createFreezeEndpoint,
  endFreezeEndpoint,
  getDateConflictsEndpoint,
  exportDeploymentEndpoint,
  listDeploymentEventsEndpoint,
  getDeploymentEventEndpoint,
  exportDeploymentEventsEndpoint,
  searchEventsEndpoint,
  exportEventsEndpoint,
  exportInsightsEndpoint,
  getBundleEndpoint,
];
