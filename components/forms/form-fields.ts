type FormField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_KEPT = ["password", "file", "hidden", "submit", "button"];

/** The fields of a form that a draft may keep. */
export function fieldsOf(form: HTMLFormElement): readonly FormField[] {
  return [...form.elements].filter(
    (field): field is FormField =>
      (field instanceof HTMLTextAreaElement ||
        field instanceof HTMLInputElement ||
        field instanceof HTMLSelectElement) &&
      field.name !== "" &&
      !NOT_KEPT.includes(field.type),
  );
}

/** What tells a field from the others of its form: boxes share a name. */
export function keyOf(field: FormField): string {
  return isBox(field) ? `${field.name}=${field.value}` : field.name;
}

/** What somebody put into a field; empty for an empty one, and for a box that stands as it did at first. */
export function typedIn(field: FormField): string {
  if (!isBox(field)) return field.value;
  if (field.checked === field.defaultChecked) return "";
  return field.checked ? "on" : "off";
}

/** Puts that into a field again; a choice only where it is one still. */
export function fill(field: FormField, typed: string): void {
  if (isBox(field)) set(field, "checked", typed === "on");
  else if (!(field instanceof HTMLSelectElement) || [...field.options].some(({ value }) => value === typed))
    set(field, "value", typed);
}

/** Tells React what `fill` put there, as the browser does when somebody types it. Boxes are left to the form. */
export function tellReact(field: FormField): void {
  if (!isBox(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
}

function isBox(field: FormField): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

// Past the property that React watches on the element itself, or it would take it for its own doing.
function set(field: FormField, property: "value" | "checked", to: string | boolean): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), property)?.set?.call(field, to);
}
