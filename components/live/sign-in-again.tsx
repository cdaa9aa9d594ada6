/** The way back in that leaves the page as it stands, with what was typed into it. */
export function SignInAgain() {
  return (
    <>
      <a href={signInHref()} target="_blank" className="font-medium underline underline-offset-2">
        Sign in again
      </a>{" "}
      in a new tab, then go on here.
    </>
  );
}

function signInHref(): string {
  return `/sign-in?from=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}
