import { DatabaseError } from "pg";

/** Whether Postgres refused a statement for this foreign key. */
export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.code === "23503" && error.constraint === constraint;
}
