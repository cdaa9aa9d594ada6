import type { ApiRequest } from "./api-client.ts";

export type EndpointSample = ApiRequest & {
  readonly path: string;
  readonly query?: string;
  /** What it gets from a rule, when that is a code which elsewhere means 'you may not'. */
  readonly ruleSays?: "not-found";
};

/** A request for each endpoint on a record; what it does is refused by a rule at most, never for its shape. */
export function endpointSamples(id: string, fileId: string): Readonly<Record<string, EndpointSample>> {
  const item = `/deployments/${id}/items/cdn`;
  // There is none of this id.
  const comment = `/deployments/${id}/comments/${id}`;
  return {
    listDeployments: { path: "/deployments" },
    openDeployment: { path: "/deployments", body: OPENING },
    getSloSeries: { path: `/deployments/${id}/slo-series` },
    getDeployment: { path: `/deployments/${id}` },
    checkItem: { path: `${item}/completion` },
    clearItem: { path: `${item}/completion` },
    waiveItem: { path: `${item}/waiver`, body: { reason: "no" } },
    assignItem: { path: `${item}/owner`, body: { ownerId: null } },
    setItemDue: { path: `${item}/due`, body: { dueAt: null } },
    listComments: { path: `/deployments/${id}/comments`, query: "?item=cdn" },
    addComment: { path: `/deployments/${id}/comments`, body: { text: "Seen." } },
    editComment: { path: comment, body: { text: "Seen twice." }, ruleSays: "not-found" },
    deleteComment: { path: comment, ruleSays: "not-found" },
    listDeploymentPeople: { path: `/deployments/${id}/people` },
    addEvidence: { path: `${item}/evidence`, body: { kind: "note", text: "seen" } },
    addReport: { path: `/deployments/${id}/reports`, query: "?checker=junit", body: "<testsuites/>" },
    runCheck: { path: `/deployments/${id}/items/dns-records/check` },
    downloadFile: { path: `/files/${fileId}` },
    getGate: { path: `/deployments/${id}/gates/deployment` },
    startPhase: { path: `/deployments/${id}/phases/final-checks/start` },
    completePhase: { path: `/deployments/${id}/phases/pre-deployment/completion` },
    triggerRollback: { path: `/deployments/${id}/rollback`, body: { reason: "no" } },
    cancelDeployment: { path: `/deployments/${id}/cancellation`, body: { reason: "no" } },
    exportDeployment: { path: `/deployments/${id}/export`, query: "?format=markdown" },
    exportDeploymentEvents: { path: `/deployments/${id}/events/export`, query: "?format=csv" },
    exportInsights: { path: "/insights/export", query: "?weeks=4" },
    exportEvents: { path: "/events/export", query: "?format=jsonl&text=matrix" },
    listFreezes: { path: "/freezes" },
    createFreeze: { path: "/freezes", body: FREEZE },
    getDateConflicts: {
      path: "/date-conflicts",
      query: "?team=none&service=none&environment=production&at=2199-01-01T00:00:00Z",
    },
    endFreeze: { path: `/freezes/${id}/end`, ruleSays: "not-found" },
    getBundle: { path: `/deployments/${id}/bundle` },
    listDeploymentEvents: { path: `/deployments/${id}/events` },
    getDeploymentEvent: { path: `/deployments/${id}/events/1` },
    searchEvents: { path: "/events" },
  };
}

// There is no such team, so that even who may makes no window.
const FREEZE = {
  team: "No such team",
  environment: null,
  startsAt: "2199-01-01T00:00:00Z",
  endsAt: "2199-01-02T00:00:00Z",
  reason: "Holidays",
};

// Lacks what it takes to be opened: whoever may is told so, whoever may not is refused first.
const OPENING = {
  service: "matrix",
  version: "1",
  commit: "3f9c2ab",
  environment: "production",
  deploymentAt: "2030-01-01T00:00:00Z",
  deployedBy: "nobody@test.example",
};
