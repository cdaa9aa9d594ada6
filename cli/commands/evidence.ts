import { listOf, textOf, type Values } from "../client.ts";
import { positional, type Command } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { readUpload, tellVerdicts, uploadQuery } from "../upload.ts";

const KINDS = ["note", "link", "value", "time", "rotated", "file", "report"] as const;

export const evidence: Command = {
  name: "evidence",
  usage:
    "evidence DEPLOYMENT ITEM (--note TEXT | --link URL | --value METRIC=NUMBER… | --time ISO | --rotated CLASS=DATE… | --file PATH | --report PATH --checker KEY [--label L])",
  summary: "Add evidence to an item; a report that passes ticks it",
  options: {
    note: { type: "string" },
    link: { type: "string" },
    value: { type: "string", multiple: true },
    time: { type: "string" },
    rotated: { type: "string", multiple: true },
    file: { type: "string" },
    report: { type: "string" },
    checker: { type: "string" },
    label: { type: "string" },
  },
  takes: 2,
  run: async ({ client, values, positionals }) => {
    const path = `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/items/${positional(positionals, 1, "ITEM")}/evidence`;
    const given = KINDS.filter((kind) => values[kind] !== undefined);
    if (given.length > 1) throw new UsageError(`Give one of --${given.join(" and --")}`);
    const file = textOf(values, "report") ?? textOf(values, "file");
    if (file === undefined) {
      await client.call("POST", path, { body: contentFrom(values) });
      return EXIT.done;
    }
    if (textOf(values, "report") !== undefined && textOf(values, "checker") === undefined) {
      throw new UsageError("--report needs --checker");
    }
    return tellVerdicts(
      await client.call("POST", path + uploadQuery(values, file), { upload: readUpload(file) }),
    );
  },
};

function contentFrom(values: Values): object {
  const [note, link, time] = [textOf(values, "note"), textOf(values, "link"), textOf(values, "time")];
  if (note !== undefined) return { kind: "note", text: note };
  if (link !== undefined) return { kind: "link", url: link };
  if (time !== undefined) return { kind: "time", at: time };
  const measured = pairs(listOf(values, "value"));
  if (measured.length > 0) {
    return {
      kind: "measurement",
      values: Object.fromEntries(measured.map(([metric, value]) => [metric, Number(value)])),
    };
  }
  const rotated = pairs(listOf(values, "rotated"));
  if (rotated.length > 0) return { kind: "rotation", rotatedOn: Object.fromEntries(rotated) };
  throw new UsageError("Say what the evidence is");
}

function pairs(texts: readonly string[]): readonly (readonly [string, string])[] {
  return texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`Written NAME=VALUE, not ${text}`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}
