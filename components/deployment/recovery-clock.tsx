import { LimitClock } from "#components/clock/limit-clock.tsx";
import type { ClockSize } from "#components/clock/clock-face.tsx";
import type { RollbackView } from "#lib/queries/deployment-view.ts";

type RecoveryClockProps = {
  readonly rollback: RollbackView;
  /** The server's present, ISO 8601. */
  readonly serverNow: string;
  readonly size: ClockSize;
};

/** What is left of the time to recover while a rollback runs. */
export function RecoveryClock({ rollback: { triggered, rtoEndsAt }, serverNow, size }: RecoveryClockProps) {
  const limitMinutes = (Date.parse(rtoEndsAt) - Date.parse(triggered.at)) / 60_000;
  return (
    <LimitClock
      until={rtoEndsAt}
      limitMinutes={limitMinutes}
      serverNow={serverNow}
      caption="RTO"
      size={size}
    />
  );
}
