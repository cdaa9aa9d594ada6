import type { TestProject } from "vitest/node";
import { startTestApp } from "./app.ts";

declare module "vitest" {
  interface ProvidedContext {
    app: {
      url: string;
      pid: number;
      database: { owner: string; app: string };
      secret: string;
      signingKey: string;
      clockFile: string;
    };
  }
}

/** One running app for all tests that speak HTTP. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { stop, ...app } = await startTestApp();
  provide("app", app);
  return stop;
}
