/**
 * Words that come from anybody, on one line of a terminal or of a pipeline's log: a terminal obeys control
 * characters, GitHub's log lines that begin with `::`, and Azure's `##vso[` anywhere.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "�")
    .replace(/^(\s*):(?=:)/, "$1: ")
    .replace(/#(?=#)/g, "# ");
}

/** The same value as JSON: what a log or a terminal would obey is escaped. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]|#(?=#)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
