import Link from "next/link";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { LogoMark } from "./logo-mark.tsx";
import { SkipLink } from "./skip-link.tsx";

/** The band above a page that somebody sees before they sign in. */
export function SignedOutHeader() {
  return (
    <header className="border-b border-line bg-surface">
      <SkipLink />
      <div className="mx-auto flex h-12 max-w-page items-center justify-between gap-6 px-3 sm:px-5">
        <Link
          href="/"
          className="touch-target flex items-center gap-2 rounded-md text-lg font-semibold tracking-tight"
        >
          <LogoMark className="size-6" />
          Countersign
        </Link>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </div>
    </header>
  );
}
