import type { Verdict } from "#lib/domain/check-result.ts";

export type UploadOutcome =
  | { readonly ok: true; readonly judged: Judged | null }
  | { readonly ok: false; readonly answered: boolean; readonly message: string };

/** What the checker of a report says of it. */
type Judged = { readonly verdict: Verdict; readonly summary: string };

type Upload = {
  readonly deploymentId: string;
  readonly item: string;
  readonly file: File;
  /** The checker that judges it; null for a plain file. */
  readonly checker: string | null;
  readonly label: string | null;
  /** The same for each try to send this file, which is kept once. */
  readonly once: string;
  /** Told the share sent so far, from 0 to 1. */
  readonly onProgress: (share: number) => void;
};

/** Sends a file or report to an item. XMLHttpRequest, since fetch tells no progress of an upload. */
export function uploadEvidence({
  deploymentId,
  item,
  file,
  checker,
  label,
  once,
  onProgress,
}: Upload): Promise<UploadOutcome> {
  const query = new URLSearchParams({ name: file.name === "" ? "pasted" : file.name });
  if (checker !== null) query.set("checker", checker);
  if (checker !== null && label !== null) query.set("label", label);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/deployments/${deploymentId}/items/${item}/evidence?${query}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("idempotency-key", once);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total === 0 ? 1 : loaded / total),
    );
    request.addEventListener("load", () => resolve(outcomeOf(request.status, request.response)));
    request.addEventListener("error", () =>
      resolve({
        ok: false,
        answered: false,
        message: "The server cannot be reached. Try again: what has arrived already is kept once.",
      }),
    );
    request.send(file);
  });
}

function outcomeOf(status: number, body: unknown): UploadOutcome {
  if (status !== 201)
    return { ok: false, answered: true, message: textIn(body, "detail") ?? `The server answered ${status}` };
  return { ok: true, judged: judgedIn(body) };
}

function judgedIn(body: unknown): Judged | null {
  if (typeof body !== "object" || body === null || !("verdicts" in body) || !Array.isArray(body.verdicts))
    return null;
  const said = textIn(body.verdicts[0], "verdict");
  const verdict = (["pass", "fail", "unknown"] as const).find((one) => one === said);
  const summary = textIn(body.verdicts[0], "summary");
  return verdict === undefined || summary === null ? null : { verdict, summary };
}

function textIn(body: unknown, field: string): string | null {
  if (typeof body !== "object" || body === null) return null;
  const value = Object.entries(body).find(([key]) => key === field)?.[1];
  return typeof value === "string" ? value : null;
}
