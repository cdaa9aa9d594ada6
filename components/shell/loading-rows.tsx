import { Panel } from "#components/ui/panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

const ROWS = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** The shape of a table on its way: its head where there is one, and rows of two lines. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <Panel>
      <p role="status" className="sr-only noscript:hidden">
        {label}
      </p>
      <p className="hidden px-4 py-3 noscript:block">
        These rows come by JavaScript, and this browser runs none here.
      </p>
      <div className="flex h-8 items-center border-b border-line px-4 max-sm:hidden noscript:hidden">
        <Skeleton className="h-2.5 w-24" />
      </div>
      <div className="divide-y divide-line noscript:hidden">
        {ROWS.map((row) => (
          <div key={row} className="flex h-[3.125rem] items-center gap-6 px-4 max-sm:h-24">
            <div className="grid w-64 max-w-full gap-2">
              <Skeleton className="h-3 w-40" />
              <Skeleton className="h-2.5" />
            </div>
            <Skeleton className="h-5 w-24 max-sm:hidden" />
            <Skeleton className="h-2.5 grow max-md:hidden" />
            <Skeleton className="h-3 w-32 max-md:hidden" />
          </div>
        ))}
      </div>
    </Panel>
  );
}
