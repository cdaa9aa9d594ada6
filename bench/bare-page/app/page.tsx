import { connection } from "next/server";
import { prisma } from "./prisma.ts";

/** The floor for pages: 100 rows through Prisma, and nothing else. */
export default async function BarePage() {
  await connection();
  const rows = await prisma.checklistItem.findMany({
    take: 100,
    orderBy: [{ deploymentId: "asc" }, { key: "asc" }],
  });
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.deploymentId + row.key}>
          {row.key} {row.status} {row.settledByName} {row.settledAt?.toISOString()}
        </li>
      ))}
    </ul>
  );
}
