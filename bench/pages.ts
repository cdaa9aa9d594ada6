import { measure, type Measured } from "./measure.ts";
import { send } from "./http-client.ts";

export type PageMeasured = Measured & { readonly firstByteMs: number; readonly kilobytes: number };

/** A page fetched whole by so many clients at once; the first byte is timed alone, with one client. */
export async function fetchPage(
  url: string,
  cookie: string,
  clients: number,
  seconds: number,
): Promise<PageMeasured> {
  const load = await measure(
    clients,
    seconds,
    async () => (await send(url, { headers: { cookie } })).status === 200,
  );
  const alone: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < 20; turn += 1) {
    const answer = await send(url, { headers: { cookie } });
    alone.push(answer.firstByteMs);
    bytes = answer.body.length;
  }
  return { ...load, firstByteMs: alone.toSorted((a, b) => a - b)[10] ?? Number.NaN, kilobytes: bytes / 1024 };
}
