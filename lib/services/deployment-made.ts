import { isCompleted } from "#lib/domain/checklist.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { prisma } from "#lib/db/prisma.ts";

/**
 * What was signed holds for one deployment: why that one is over, for whoever asks to make it; null while
 * it may be made, and for phases other than the one at T-0.
 */
export async function whyMade(deployment: Deployment, phase: string): Promise<Blocker | null> {
  const { service, details, t0At, checklist } = deployment;
  if (!checklist.phases.some(({ key, timing }) => key === phase && timing.startsAtT0)) return null;
  const over = (message: string): Blocker => ({ code: "deployment-made", message, phase });
  if (isCompleted(deployment, phase)) return over("The deployment of this record has been made");
  if (t0At === null) return null;
  const later = await prisma().$queryRaw<{ id: string }[]>`
    SELECT id FROM deployments
     WHERE service_id = ${service.id}::uuid AND lower(environment) = lower(${details.environment})
       AND t0_at > ${t0At}::timestamptz LIMIT 1`;
  return later.length === 0 ? null : over("A later deployment of this service to this environment has begun");
}
