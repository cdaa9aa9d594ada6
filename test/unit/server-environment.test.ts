import { expect, test } from "vitest";
import { serverEnvironment } from "#scripts/runtime/app-server.ts";

const OPTIONS = {
  host: "127.0.0.1",
  port: 3000,
  distDir: ".next",
  appDatabaseUrl: "postgresql://localhost/countersign",
  secret: "s".repeat(32),
  signingKey: "signing-key",
  evaluation: false,
  output: "ignore",
} as const;
const URL = "http://127.0.0.1:3000";

test.each([
  ["its own addresses, when nothing is set", undefined, URL, `${URL},http://localhost:3000`],
  ["the one that is set", "https://a.test", "https://a.test", "https://a.test"],
  [
    "several, the first one before all",
    "https://a.test, https://b.test",
    "https://a.test",
    "https://a.test,https://b.test",
  ],
])("browsers reach the app at %s", (_title, origin, canonical, all) => {
  const { NEXTAUTH_URL, COUNTERSIGN_ORIGIN } = serverEnvironment(
    origin === undefined ? OPTIONS : { ...OPTIONS, origin },
    URL,
  );
  expect({ NEXTAUTH_URL, COUNTERSIGN_ORIGIN }).toEqual({ NEXTAUTH_URL: canonical, COUNTERSIGN_ORIGIN: all });
});
