/** Told to the header, which knows all keys and shows them. */
export const KEYS_ASKED = "countersign:keys";

/** Shows the keyboard map, from anywhere on a page. */
export function askForKeys(): void {
  document.dispatchEvent(new Event(KEYS_ASKED));
}
