import Link from "next/link";
import { asRoute } from "./as-route.ts";
import { segmentLook, segmentsLook } from "./segment-look.ts";

export interface SegmentLink {
  href: string;
  label: string;
  count?: number;
  current: boolean;
}

interface SegmentedLinksProps {
  label: string;
  segments: readonly SegmentLink[];
}

/** One choice out of few, kept in the address. */
export function SegmentedLinks({ label, segments }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className={segmentsLook}>
      {segments.map((segment) => (
        <Link
          key={segment.href}
          href={asRoute(segment.href)}
          aria-current={segment.current ? "true" : undefined}
          className={segmentLook}
        >
          {segment.label}
          {segment.count !== undefined && (
            <span className="text-ink-faint tabular-nums">{segment.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
