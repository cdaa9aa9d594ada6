/** What a pipeline decides on. */
export const EXIT = {
  /** Done; for `gate`: open. */
  done: 0,
  /** Refused by the rules; for `gate`: closed; for `verify`: broken. */
  refused: 1,
  timedOut: 2,
  /** For `verify`: no bundle, or none that can be read. */
  unreadable: 2,
  /** The server could not be asked, or does not know the token. */
  notAsked: 3,
  usage: 64,
  /** A fault of the program itself. */
  fault: 70,
} as const;

export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The server said no: `blockers` say why. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** There is no answer, or none that means anything. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof Refused) return EXIT.refused;
  if (error instanceof NotAsked) return EXIT.notAsked;
  return EXIT.fault;
}
