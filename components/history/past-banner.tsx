import { formatMoment } from "#components/clock/format-clock.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { MomentSlider } from "./moment-slider.tsx";

type PastBannerProps = {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly total: number;
};

/** Says beyond doubt that this is the past, and moves through it. */
export function PastBanner({ id, seq, at, total }: PastBannerProps) {
  const path = `/deployments/${id}/history/as-of`;
  return (
    <Notice
      tone="attention"
      icon="history"
      title={`As of event ${seq} of ${total}, ${formatMoment(Date.parse(at))}`}
    >
      <p>This is the past, replayed from the history. Nothing can be changed here.</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {seq > 1 && (
          <ButtonLink href={`${path}?event=${seq - 1}`} size="sm" rel="prev" aria-label="One event earlier">
            <Icon name="chevron-left" />
          </ButtonLink>
        )}
        <MomentSlider key={seq} path={path} seq={seq} total={total} />
        {seq < total && (
          <ButtonLink href={`${path}?event=${seq + 1}`} size="sm" rel="next" aria-label="One event later">
            <Icon name="chevron-right" />
          </ButtonLink>
        )}
        <ButtonLink href={`/deployments/${id}/history/compare?from=${seq}&to=${total}`} size="sm">
          What changed since
        </ButtonLink>
        <ButtonLink href={`/deployments/${id}/history`} size="sm" variant="ghost">
          Back to the history
        </ButtonLink>
      </div>
    </Notice>
  );
}
