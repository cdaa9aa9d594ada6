const CONTROLS = "input:not([type=hidden]), select, textarea, button";

/** Leads whoever sent a form to the first field that is wrong with it, label and reason in sight, if one is. */
export function leadToFirstError(form: HTMLFormElement): boolean {
  const field = form.querySelector("[data-field-error]")?.parentElement;
  if (field == null) return false;
  field.querySelector<HTMLElement>(CONTROLS)?.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
  return true;
}
