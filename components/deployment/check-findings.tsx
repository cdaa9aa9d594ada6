import type { Finding } from "#lib/domain/check-result.ts";
import type { CheckEvidence } from "#lib/domain/evidence.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { toneText, type Tone } from "#components/ui/tone.ts";

/** What a checker looked at, the worst first, behind one press. */
export function CheckFindings({ check: { findings } }: { check: CheckEvidence }) {
  if (findings.length === 0) return null;
  const failed = findings.filter(({ level }) => level === "fail").length;
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-sm text-ink-muted">
        {findings.length === 1 ? "1 finding" : `${findings.length} findings`}
        {failed > 0 && `, ${failed} failed`}
      </summary>
      <ul className="mt-1 grid gap-1">
        {findings.map(({ level, title, detail }) => (
          <li key={`${level}${title}${detail}`} className="flex items-start gap-1.5 text-sm">
            <Icon name={LOOK[level].icon} className={cn("mt-0.5 size-3.5", toneText[LOOK[level].tone])} />
            <span className="min-w-0 break-words">
              <span className="sr-only">{LOOK[level].word}: </span>
              {title}
              {detail !== null && <span className="text-ink-muted"> · {detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

const LOOK: Readonly<Record<Finding["level"], { tone: Tone; icon: IconName; word: string }>> = {
  fail: { tone: "blocked", icon: "blocked", word: "Fails" },
  unknown: { tone: "attention", icon: "alert", word: "Unknown" },
  info: { tone: "neutral", icon: "info", word: "For information" },
  pass: { tone: "done", icon: "check", word: "Passes" },
};
