import { startTestApp } from "#test/support/app.ts";

/** Starts the app once for all browser tests; workers find it through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { stop, ...app } = await startTestApp();
  process.env.COUNTERSIGN_TEST_APP = JSON.stringify(app);
  return stop;
}
