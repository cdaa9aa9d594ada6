import { stringify } from "csv-stringify/sync";

/** Spreadsheets take a file without this mark for another encoding than UTF-8. */
export const BOM = "\uFEFF";

/** Rows after RFC 4180. What a spreadsheet would run as a formula stands behind an apostrophe. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "windows", escape_formulas: true, quoted: true },
  );
}
