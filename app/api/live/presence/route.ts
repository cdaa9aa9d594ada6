import { receivePresence } from "#lib/api/receive-presence.ts";

/** Who looks at a record, and where. */
export const POST = receivePresence;
