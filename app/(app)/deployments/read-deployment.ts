import { cache } from "react";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { recordId } from "#lib/domain/inputs/text.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";

/** The record of a page, read once a request; the page 'not found' for what one may not see. */
export const readDeployment = cache(async (id: string) => {
  const actor = await actorForPage(`/deployments/${id}`);
  if (!recordId.safeParse(id).success) notFound();
  try {
    return await getDeployment(actor, id);
  } catch (error) {
    if (error instanceof Rejection && error.code === "not-found") notFound();
    throw error;
  }
});
