import { isWriting } from "./is-writing.ts";

/** Whether a dialog stands over the page: keys are its own then. */
export function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog]:not([popover])") !== null;
}

/** Whether a key is the page's own: pressed alone, not where somebody writes, and with no dialog open. */
export function isPageKey({ metaKey, ctrlKey, altKey, target }: KeyboardEvent): boolean {
  return !metaKey && !ctrlKey && !altKey && !isWriting(target) && !isDialogOpen();
}
