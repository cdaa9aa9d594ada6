import { DatabaseError } from "pg";

/** Whether Postgres refused a statement because this constraint or index has such a row already. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.code === "23505" && error.constraint === constraint;
}

/** Whether Postgres refused a statement for this foreign key. */
export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.code === "23503" && error.constraint === constraint;
}

/** Whether Postgres refused a statement for this check, or a trigger that names itself so. */
export function isCheckViolation(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.code === "23514" && error.constraint === constraint;
}
