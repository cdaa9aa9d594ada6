"use client";

import { buttonVariants } from "#components/ui/button-variants.ts";
import { PlainPage } from "./plain-page.tsx";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/**
 * A fault of ours, in a plain sentence with the id under which the server logged it. Every page carries
 * it, twice: so it has a button's look, without the rest of a button.
 */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const id = errorId(error);
  return (
    <PlainPage
      title="Something went wrong on our side"
      actions={
        <button type="button" onClick={retry} className={buttonVariants({ variant: "primary" })}>
          Try again
        </button>
      }
    >
      <p>Nothing you had saved is lost. If it happens again, tell whoever runs this server.</p>
      {id !== undefined && (
        <p className="mt-2">
          Error <code className="font-mono select-all">{id}</code>
        </p>
      )}
    </PlainPage>
  );
}

function errorId(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : undefined;
}
