import type { ReactNode } from "react";
import { MAIN_ID } from "./main-id.ts";

interface PlainPageProps {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page with one thing to say. */
export function PlainPage({ title, children, actions }: PlainPageProps) {
  return (
    <main id={MAIN_ID} tabIndex={-1} className="m-auto w-full max-w-md px-4 py-10 outline-none sm:py-16">
      <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      <div className="mt-2 text-pretty text-ink-muted">{children}</div>
      <div className="mt-6 flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
