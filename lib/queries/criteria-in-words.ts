import { quoted } from "#lib/domain/plain-text.ts";

/** Criteria as one line, each value in quotes that it cannot close: `type “approval.”, service “payments-api”`. */
export function criteriaInWords(criteria: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(criteria).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${quoted(String(value))}`],
  );
  return given.length === 0 ? "everything" : given.join(", ");
}
