import { expect, test } from "vitest";
import { createBodies } from "#lib/api/bodies.ts";
import { Rejection } from "#lib/domain/rejection.ts";

const MOST = 1_000;
const begun = () =>
  createBodies({ weigh: (bytes) => bytes, ofOne: 40, ofAll: 100, said: "Too much at once" });

test("of one caller it is the body read longest that is broken off, and no other caller's", async () => {
  const withBody = begun();
  const other = sent();
  const others = withBody("other", other.request, MOST, async (bytes) => bytes.length);
  await other.send(10);
  const [first, second] = [sent(), sent()];
  const outcomes = [first, second].map(async ({ request }) =>
    withBody("one", request, MOST, async (bytes) => bytes.length).catch(said),
  );
  await first.send(20);
  await second.send(30);
  second.end();
  expect(await Promise.all(outcomes)).toEqual(["rate-limited: Too much at once", 30]);
  other.end();
  expect(await others).toBe(10);
});

test("so is the body read longest of all callers, whatever is read whole still counts, and is not broken off", async () => {
  const withBody = begun();
  const uses: (() => void)[] = [];
  const use = async (bytes: Buffer) =>
    new Promise<number>((resolve) => uses.push(() => resolve(bytes.length)));
  const callers = ["a", "b", "c"].map((caller) => {
    const body = sent();
    return { body, outcome: withBody(caller, body.request, MOST, use).catch(said) };
  });
  const [a, b, c] = callers;
  await a?.body.send(40);
  a?.body.end();
  await expect.poll(() => uses.length).toBe(1);
  await b?.body.send(40);
  await c?.body.send(30);
  expect(await b?.outcome).toBe("rate-limited: Too much at once");
  c?.body.end();
  await expect.poll(() => uses.length).toBe(2);
  for (const finish of uses) finish();
  expect([await a?.outcome, await c?.outcome]).toEqual([40, 30]);
  const alone = sent();
  const again = withBody("b", alone.request, MOST, async (bytes) => bytes.length);
  await alone.send(40);
  alone.end();
  expect(await again).toBe(40);
});

function sent() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const request = new Request("http://localhost", {
    method: "POST",
    body: readable,
    duplex: "half",
  } as RequestInit);
  return {
    request,
    send: async (bytes: number) => {
      await writer.write(new Uint8Array(bytes));
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    end: () => void writer.close(),
  };
}

function said(error: unknown): string {
  if (!(error instanceof Rejection)) throw error;
  return `${error.code}: ${error.message}`;
}
