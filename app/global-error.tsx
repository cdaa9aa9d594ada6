"use client";

import "./globals.css";
import { LogoMark } from "#components/shell/logo-mark.tsx";
import { ErrorPage } from "#components/shell/error-page.tsx";

interface GlobalErrorProps {
  error: unknown;
  retry: () => void;
}

/** Stands in for the layout itself, so it brings its own document. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en" data-theme="system">
      <body className="flex min-h-dvh flex-col font-sans">
        <title>Something went wrong · Countersign</title>
        <LogoMark className="m-5 size-9" />
        <ErrorPage error={error} retry={retry} />
      </body>
    </html>
  );
}
