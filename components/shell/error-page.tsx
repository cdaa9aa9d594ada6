"use client";

import { useState } from "react";
import { formatSecond } from "#components/clock/format-clock.ts";
import { buttonVariants } from "#components/ui/button-variants.ts";
import { PlainPage } from "./plain-page.tsx";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/**
 * A fault of ours, in a plain sentence with its time and the id under which the server logged it. Every page carries
 * it, twice: so it has a button's look, without the rest of a button.
 */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const id = errorId(error);
  const [at] = useState(() => formatSecond(Date.now()));
  return (
    <PlainPage
      title="Something went wrong on our side"
      actions={
        <>
          <button type="button" onClick={retry} className={buttonVariants({ variant: "primary" })}>
            Try again
          </button>
          {/* Not by the router, which may be what is broken. */}
          <a href="/" className={buttonVariants()}>
            Go to your work
          </a>
        </>
      }
    >
      <p>
        Nothing you had saved is lost. If it happens again, tell whoever runs this server what stands here:
      </p>
      <p className="mt-2 font-mono text-sm text-ink select-all">
        {id !== undefined && `Error ${id}, `}
        {at}
      </p>
    </PlainPage>
  );
}

function errorId(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : undefined;
}
