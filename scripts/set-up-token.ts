import { closePool } from "#lib/db/pool.ts";
import { isNobodyThere } from "#lib/queries/is-nobody-there.ts";
import { setUpToken } from "#lib/services/set-up.ts";

// Prints the token for /setup while nobody exists; nothing afterwards.
if (await isNobodyThere()) process.stdout.write(`${setUpToken()}\n`);
await closePool();
