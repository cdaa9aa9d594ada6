import { expect, test } from "vitest";
import { readYamlApart } from "#lib/evidence/live/read-yaml-apart.ts";

test("a long answer keeps the process from nothing while it is read", async () => {
  const text = `a:\n${"- x\n".repeat(100_000)}`;
  let beats = 0;
  const beat = setInterval(() => (beats += 1), 5);
  const reading = readYamlApart(text, "a text", "alerts.example");
  const [value] = await reading;
  clearInterval(beat);
  expect(value).toMatchObject({ a: { length: 100_000 } });
  expect(beats, "times that the process had its turn meanwhile").toBeGreaterThan(5);
}, 30_000);

test("what is no such text says so, as where it is read at once", async () => {
  await expect(readYamlApart("a: [", "a text", "alerts.example")).rejects.toThrow("YAML error at line 1");
  await expect(readYamlApart("", "a text", "alerts.example")).rejects.toThrow("it is empty");
});
