/**
 * Words that come from anybody, for a line of a terminal or of a pipeline's log: a terminal obeys control
 * characters, and Azure's log `##vso[` anywhere.
 */
export function plainLine(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "�").replaceAll("##", "# #");
}
