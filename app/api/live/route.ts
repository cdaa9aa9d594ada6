import { openLiveStream, probeLiveStream } from "#lib/api/live.ts";

export const dynamic = "force-dynamic";

/** Changes as they are committed, for as long as the page is open. */
export const GET = openLiveStream;
export const HEAD = probeLiveStream;
