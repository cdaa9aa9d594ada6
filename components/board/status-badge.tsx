import type { Status } from "#lib/domain/status.ts";
import { STATUS_TITLES } from "#lib/domain/status.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";

export const STATUS_LOOK: Readonly<Record<Status, { tone: Tone; icon: IconName }>> = {
  "in-progress": { tone: "neutral", icon: "circle-dashed" },
  "awaiting-sign-off": { tone: "waiting", icon: "signature" },
  rejected: { tone: "blocked", icon: "blocked" },
  ready: { tone: "done", icon: "deploy" },
  "rolling-back": { tone: "blocked", icon: "rollback" },
  completed: { tone: "done", icon: "check" },
  "rolled-back": { tone: "attention", icon: "rollback" },
  cancelled: { tone: "void", icon: "void" },
};

export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  return (
    <Badge {...STATUS_LOOK[status]} className={className}>
      {STATUS_TITLES[status]}
    </Badge>
  );
}
