import { verifyHistory } from "#lib/services/verify-history.ts";

/** Prints what was checked and every flaw; the exit code is 1 when there is one. */
export async function verify(): Promise<void> {
  const { streams, events, flaws } = await verifyHistory();
  for (const { stream, seq, message } of flaws) {
    process.stdout.write(`${stream}${seq === null ? "" : ` event ${seq}`}: ${message}\n`);
  }
  const state =
    flaws.length === 0 ? "whole" : `broken in ${flaws.length} ${flaws.length === 1 ? "place" : "places"}`;
  process.stdout.write(`${state}: ${events} events of ${streams} histories checked\n`);
  process.exitCode = flaws.length === 0 ? 0 : 1;
}
