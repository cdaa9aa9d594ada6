import { MAIN_ID } from "./main-id.ts";

/** The first stop of the keyboard on every page: past the header. */
export function SkipLink() {
  return (
    <a
      href={`#${MAIN_ID}`}
      className="sr-only rounded-md bg-action px-3 py-2 text-on-action focus:not-sr-only focus:absolute focus:top-1 focus:left-3 focus:z-50 focus:px-3 focus:py-2"
    >
      Skip to the content
    </a>
  );
}
