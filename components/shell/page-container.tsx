import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { MAIN_ID } from "./main-id.ts";

interface PageContainerProps {
  /** For forms and reading: a column no wider than the eye likes. */
  narrow?: boolean;
  className?: string;
  children: ReactNode;
}

/** The page's one `main`. */
export function PageContainer({ narrow = false, className, children }: PageContainerProps) {
  return (
    <main
      id={MAIN_ID}
      tabIndex={-1}
      className={cn(
        "mx-auto w-full px-3 py-5 outline-none sm:px-5",
        narrow ? "max-w-3xl" : "max-w-page",
        className,
      )}
    >
      {children}
    </main>
  );
}
