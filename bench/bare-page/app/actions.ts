"use server";

import { prisma } from "./prisma.ts";

/** The floor for actions: what Next itself costs. */
export async function emptyAction(): Promise<{ ok: true }> {
  return { ok: true };
}

/** The floor's transaction as Prisma runs it, without session, rules or history. */
export async function bareTickAction(record: number, key: number): Promise<{ ok: true }> {
  await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT revision FROM bench_records WHERE id = ${record} FOR UPDATE`;
    await tx.$executeRaw`UPDATE bench_items SET done = NOT done WHERE record = ${record} AND key = ${key}`;
    await tx.$executeRaw`INSERT INTO bench_events (record, body) VALUES (${record}, ${"x".repeat(400)})`;
  });
  return { ok: true };
}
