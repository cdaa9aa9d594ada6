/** How many of the last events stand on the wall. */
export const EVENTS_SHOWN = 12;
