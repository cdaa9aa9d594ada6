import type { Blocker } from "#lib/domain/rejection.ts";

/** What stood in the way, line by line. */
export function BlockerLines({ title, blockers }: { title: string; blockers: readonly Blocker[] }) {
  return (
    <section aria-label={title}>
      <h3 className="microlabel mb-1">
        {title} ({blockers.length})
      </h3>
      <ul
        className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
        tabIndex={0}
        aria-label={title}
      >
        {blockers.map((blocker) => (
          <li
            key={[blocker.code, blocker.item, blocker.role, blocker.phase].join("|")}
            className="px-3 py-1.5 text-sm"
          >
            {blocker.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
