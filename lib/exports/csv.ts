import { stringify } from "csv-stringify/sync";

/** Spreadsheets take a file without this mark for another encoding than UTF-8. */
export const BOM = "\uFEFF";

/** What would begin a cell of its own, with a formula, where a spreadsheet separates by semicolons or tabs. */
const INNER_FORMULA = /([;\t\r\n]["\s]*)(?=[=+\-@＝＋－＠])/g;

/** Rows after RFC 4180. What a spreadsheet would run as a formula stands behind an apostrophe. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((row) => row.map(withoutInnerFormulas)),
    { record_delimiter: "windows", escape_formulas: true, quoted: true },
  );
}

function withoutInnerFormulas(cell: string | number): string | number {
  return typeof cell === "number" ? cell : cell.replace(INNER_FORMULA, "$1'");
}
