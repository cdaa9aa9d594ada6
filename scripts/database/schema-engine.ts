import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

/**
 * Prisma's own schema engine as WebAssembly: the same that `prisma migrate` downloads, from the
 * npm registry instead. Instantiated by hand, since Node loads no .wasm module by import.
 */
export async function schemaEngine(ownerUrl: string, schema: string): Promise<engine.SchemaEngine> {
  instantiated ??= instantiate();
  await instantiated;
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: ownerUrl }));
  return engine.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, adapter);
}

// Once a process: the module keeps views of the first instance's memory.
let instantiated: Promise<void> | undefined;

async function instantiate(): Promise<void> {
  const folder = dirname(
    createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": { ...engine },
  });
  engine.__wbg_set_wasm(instance.exports);
  startOf(instance)();
}

function startOf(instance: WebAssembly.Instance): () => void {
  const start = instance.exports["__wbindgen_start"];
  if (typeof start !== "function") throw new Error("the schema engine has no start function");
  return () => start();
}

// The adapter cuts a script at every semicolon, also within a function's body. Postgres takes a
// script whole, and then as one transaction: a migration is applied or it is not.
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}
