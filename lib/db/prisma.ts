import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { pool } from "./pool.ts";

const shared = globalThis as typeof globalThis & { countersignPrisma?: PrismaClient };

/** Prisma over the same pool: for reads and for the small tables around the record. */
export function prisma(): PrismaClient {
  shared.countersignPrisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) });
  return shared.countersignPrisma;
}
