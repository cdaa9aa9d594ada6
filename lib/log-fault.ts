/**
 * Logs what nobody expected, under words that name it. Not what Postgres tells besides: the values of the
 * row that it refused.
 */
export function logFault(words: string, error: unknown): void {
  if (error instanceof Error && "detail" in error) Reflect.deleteProperty(error, "detail");
  console.error(words, error);
}
