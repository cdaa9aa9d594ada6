import { prisma } from "#lib/db/prisma.ts";

/** Whether nobody exists yet, so that the first visit makes the admin. */
export async function isNobodyThere(): Promise<boolean> {
  return (await prisma().user.findFirst({ select: { id: true } })) === null;
}
