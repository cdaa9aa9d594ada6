/** A session ends so long after it began, and sooner when no page or program was heard of for a while. */
export const SESSION_HOURS = 12;
export const IDLE_HOURS = 2;
