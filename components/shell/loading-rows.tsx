import { Panel } from "#components/ui/panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

const ROWS = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** The shape of a list on its way; the page around it stands already. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <Panel>
      <p role="status" className="sr-only">
        {label}
      </p>
      <div className="grid gap-4 p-4">
        {ROWS.map((row) => (
          <Skeleton key={row} className="h-8" />
        ))}
      </div>
    </Panel>
  );
}
