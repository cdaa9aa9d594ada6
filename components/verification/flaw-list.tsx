import type { FlawView } from "#lib/queries/list-verifications.ts";

/** What is wrong, the first flaw first, each with a way to its place. */
export function FlawList({ flaws, count }: { flaws: readonly FlawView[]; count: number }) {
  return (
    <>
      <ol className="grid gap-1">
        {flaws.map((flaw, place) => (
          <li key={`${flaw.record?.title} ${flaw.seq} ${place}`} className="break-words">
            <Place flaw={flaw} />: {flaw.message}
          </li>
        ))}
      </ol>
      {count > flaws.length && <p className="text-sm text-ink-faint">And {count - flaws.length} more.</p>}
    </>
  );
}

function Place({ flaw: { record, seq } }: { flaw: FlawView }) {
  if (record === null) return <span className="font-medium">The log</span>;
  const words = seq === null ? record.title : `${record.title}, event ${seq}`;
  if (record.id === null) return <span className="font-medium">{words}</span>;
  return (
    <a
      href={`/deployments/${record.id}/history`}
      className="font-medium underline decoration-line-strong underline-offset-2"
    >
      {words}
    </a>
  );
}
