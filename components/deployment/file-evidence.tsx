"use client";

import { type DragEvent, useEffect, useRef, useState } from "react";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { ReportChoice, type ReportKind } from "./report-choice.tsx";
import { uploadEvidence, type UploadOutcome } from "./upload-evidence.ts";
import { useRefresh } from "./use-deployment.ts";
import { VERDICT_LOOKS } from "./verdict-badge.tsx";

type FileEvidenceProps = { readonly deploymentId: string; readonly item: ItemView };
type Progress = { readonly name: string; readonly share: number };
type Outcome = { readonly id: string; readonly tone: Tone; readonly text: string };

/** A file as evidence: chosen, dropped or pasted; judged at once when it is a report. */
export function FileEvidence({ deploymentId, item }: FileEvidenceProps) {
  const refresh = useRefresh();
  const input = useRef<HTMLInputElement>(null);
  const unanswered = useRef(new Map<string, string>());
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const reports = item.checks.filter(({ kind }) => kind === "report");
  const [kind, setKind] = useState<ReportKind>(() => ({ checker: reports[0]?.checker ?? null, label: null }));

  const send = async (files: readonly File[]) => {
    setOutcomes([]);
    for (const file of files) {
      setProgress({ name: file.name, share: 0 });
      const onProgress = (share: number) => setProgress({ name: file.name, share });
      const once = unanswered.current.get(nameOf(file)) ?? crypto.randomUUID();
      const sent = await uploadEvidence({ deploymentId, item: item.key, file, ...kind, once, onProgress });
      if (sent.ok || sent.answered) unanswered.current.delete(nameOf(file));
      else unanswered.current.set(nameOf(file), once);
      setOutcomes((before) => [...before, { id: once, ...outcomeOf(file.name, sent) }]);
      await refresh();
    }
    setProgress(null);
  };
  useFilesFromPaste((files) => void send(files));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send([...event.dataTransfer.files]);
  };

  return (
    <section aria-label="Files" className="grid gap-3">
      {reports.length > 0 && <ReportChoice reports={reports} kind={kind} onChange={setKind} />}
      <button
        type="button"
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        aria-busy={progress !== null || undefined}
        className={cn(
          "rounded-md border border-dashed border-line-strong px-3 py-4 text-center text-ink-muted hover:bg-hover",
          over && "border-action bg-hover text-ink",
        )}
      >
        <Icon name="file" className="mx-auto mb-1 size-5" />
        {progress === null ? (
          <>
            Choose, drop or paste a {kind.checker === null ? "file" : "report"}
            <span className="block text-sm text-ink-faint">up to 20 MB</span>
          </>
        ) : (
          <>
            <span className="block break-words">{progress.name}</span>
            <span className="block text-sm text-ink-faint tabular-nums">
              {progress.share < 1
                ? `sending, ${Math.floor(progress.share * 100)} %`
                : kind.checker === null
                  ? "being kept…"
                  : "being judged…"}
            </span>
            <progress
              aria-label={`Sending ${progress.name}`}
              value={progress.share}
              className="meter-bar mt-1 block w-full text-action"
            />
          </>
        )}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          void send([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {outcomes.map(({ id, tone, text }) => (
        <Notice key={id} tone={tone} className="break-words">
          {text}
        </Notice>
      ))}
      <LiveRegion message={outcomes.at(-1)?.text ?? ""} />
    </section>
  );
}

// A report that is kept and fails is no success.
function outcomeOf(name: string, sent: UploadOutcome): Omit<Outcome, "id"> {
  if (!sent.ok) return { tone: "blocked", text: `${name}: ${sent.message}` };
  const { judged } = sent;
  return judged === null
    ? { tone: "done", text: `${name} is kept` }
    : { tone: VERDICT_LOOKS[judged.verdict].tone, text: `${name}: ${judged.summary}` };
}

function nameOf({ name, size, lastModified }: File): string {
  return JSON.stringify([name, size, lastModified]);
}

function useFilesFromPaste(onFiles: (files: readonly File[]) => void): void {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
