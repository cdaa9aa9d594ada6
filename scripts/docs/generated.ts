import { accessMatrix } from "./access-matrix.ts";
import { checklistTable } from "./checklist-table.ts";
import { databaseTables } from "./database-tables.ts";
import { permissionMatrix } from "./permissions.ts";
import { stateDiagram } from "./state-diagram.ts";

/** The documents that are made from the code, by path. */
export const GENERATED: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/generated/access.md": accessMatrix,
  "docs/generated/checklist.md": checklistTable,
  "docs/generated/database.md": databaseTables,
  "docs/generated/permissions.md": permissionMatrix,
  "docs/generated/states.md": stateDiagram,
};
