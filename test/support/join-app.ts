import { afterAll, inject } from "vitest";
import { closePool } from "#lib/db/pool.ts";
import { joinTestApp } from "./app.ts";

// The services of this process work on the same database as the running app.
joinTestApp(inject("app"));
afterAll(closePool);
