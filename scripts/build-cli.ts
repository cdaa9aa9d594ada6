import { buildCli } from "./runtime/build-cli.ts";

await buildCli();
