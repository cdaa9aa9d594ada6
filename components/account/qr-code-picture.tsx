import type { QrCode } from "#lib/domain/ceremonies.ts";

/** Drawn in the page itself, since pages load no picture from a data address. Black on white in the dark, too. */
export function QrCodePicture({ of: rows, label }: { of: QrCode; label: string }) {
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows[0]?.length ?? 0} ${rows.length}`}
      shapeRendering="crispEdges"
      className="mx-auto size-44 rounded-md bg-white text-black"
    >
      <path d={dark.join("")} fill="currentColor" />
    </svg>
  );
}
