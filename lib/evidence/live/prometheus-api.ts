import { z } from "zod";
import type { Outside } from "../outside.ts";
import { Unreadable } from "../unreadable.ts";
import { readAnswer } from "./read-answer.ts";

const MOST_POINTS = 500;
const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal("success", "Prometheus answers with an error"),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("scalar"), result: sample }),
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: sample })) }),
  ]),
});

/** The one number that a PromQL query answers with; null when it is none, several, or not finite. */
export async function queryPrometheus(outside: Outside, base: string, query: string): Promise<number | null> {
  const body = await getPrometheus(outside, base, `api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = readAnswer(body, answer, "an answer of Prometheus to a query for numbers");
  const values = data.resultType === "scalar" ? [data.result] : data.result.map(({ value }) => value);
  const number = values.length === 1 ? Number(values[0]?.[1]) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** The body of an answer below Prometheus' address, wherever that lies. */
export async function getPrometheus(outside: Outside, base: string, path: string): Promise<string> {
  const url = new URL(path, base.endsWith("/") ? base : `${base}/`);
  const { status, body } = await outside.get(url.href);
  if (status !== 200) throw new Unreadable(`${url.host} answers ${status}`);
  return body;
}

const rangeAnswer = z.object({
  status: z.literal("success", "Prometheus answers with an error"),
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ values: z.array(sample).max(MOST_POINTS) })),
  }),
});

/** One moment of a series, in seconds since 1970, with its figure. */
export type SeriesPoint = { readonly seconds: number; readonly value: number };

/**
 * What a PromQL query answered over a span, in steps of whole seconds; no points where it answers
 * none, several series, or nothing finite. At most 500 of them, all within the span.
 */
export async function queryPrometheusRange(
  outside: Outside,
  base: string,
  query: string,
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
): Promise<readonly SeriesPoint[]> {
  const params = new URLSearchParams({ query, start: String(from), end: String(to), step: String(step) });
  const body = await getPrometheus(outside, base, `api/v1/query_range?${params}`);
  const { data } = readAnswer(body, rangeAnswer, "an answer of Prometheus to a query for a span");
  const [series, another] = data.result;
  if (series === undefined || another !== undefined) return [];
  return series.values
    .map(([seconds, figure]) => ({ seconds, value: Number(figure) }))
    .filter(({ seconds, value }) => seconds >= from && seconds <= to && Number.isFinite(value));
}
