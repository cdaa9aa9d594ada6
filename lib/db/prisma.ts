import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { beforePoolCloses, pool } from "./pool.ts";

declare global {
  var countersignPrisma: PrismaClient | undefined;
}

/** Prisma over the same pool: for reads and for the small tables around the record. */
export function prisma(): PrismaClient {
  globalThis.countersignPrisma ??= createClient();
  return globalThis.countersignPrisma;
}

function createClient(): PrismaClient {
  beforePoolCloses(async () => {
    globalThis.countersignPrisma = undefined;
  });
  return new PrismaClient({ adapter: new PrismaPg(pool()) });
}
