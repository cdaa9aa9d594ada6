"use client";

import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { PlainPage } from "./plain-page.tsx";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/** A fault of ours, in a plain sentence with the id under which the server logged it. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const id = errorId(error);
  return (
    <PlainPage
      title="Something went wrong on our side"
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>Nothing you had saved is lost. If it happens again, tell whoever runs this server.</p>
      {id !== undefined && (
        <p className="mt-2">
          Error <CopyButton value={id} label="error id" />
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
