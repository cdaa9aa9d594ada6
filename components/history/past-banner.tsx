import { formatSecond } from "#components/clock/format-clock.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { type Mark, MomentSlider } from "./moment-slider.tsx";

type PastBannerProps = {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly total: number;
  readonly marks: readonly Mark[];
};

/** Says beyond doubt that this is the past, and moves through it. */
export function PastBanner({ id, seq, at, total, marks }: PastBannerProps) {
  const path = `/deployments/${id}/history/as-of`;
  return (
    <Notice icon="history" title={`As of event ${seq} of ${total}, ${formatSecond(Date.parse(at))}`}>
      <p>This is the past, replayed from the history. Nothing can be changed here.</p>
      <MomentSlider key={seq} path={path} seq={seq} total={total} marks={marks} />
      <div className="mt-1 flex flex-wrap items-center gap-2">
        {seq > 1 && (
          <ButtonLink href={`${path}?event=${seq - 1}`} size="icon" rel="prev" aria-label="One event earlier">
            <Icon name="chevron-left" />
          </ButtonLink>
        )}
        {seq < total && (
          <ButtonLink href={`${path}?event=${seq + 1}`} size="icon" rel="next" aria-label="One event later">
            <Icon name="chevron-right" />
          </ButtonLink>
        )}
        <ButtonLink href={`/deployments/${id}/history/compare?from=${seq}&to=${total}`}>
          What changed since
        </ButtonLink>
        <ButtonLink href={`/deployments/${id}/history`}>Back to the history</ButtonLink>
      </div>
    </Notice>
  );
}
