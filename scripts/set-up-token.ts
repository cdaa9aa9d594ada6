import { closePool } from "#lib/db/pool.ts";
import { isSetUpOpen, setUpToken } from "#lib/services/set-up.ts";

// Prints the token for /setup while nobody exists; nothing afterwards.
if (await isSetUpOpen()) process.stdout.write(`${setUpToken()}\n`);
await closePool();
