import { notFound } from "next/navigation";
import { Rejection } from "#lib/domain/rejection.ts";

/** What a query answers; the page 'not found' for a moment that is not there, or not any more. */
export async function orNotFound<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof Rejection) notFound();
    throw error;
  }
}
