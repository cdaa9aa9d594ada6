import { connection } from "next/server";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#lib/db/generated/client.ts";

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.APP_DATABASE_URL, max: 16 }),
});

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
