import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "#scripts/runtime/paths.ts";
import type { Measured } from "./measure.ts";

const FILE = join(ROOT, "docs", "performance.md");
const HEADER = `# How fast it is, and how that was measured

Written by the commands below with \`-- --record\`, never by hand. Figures of two machines or two runs do not compare, so each stands beside a floor that the same run measured: what a bare program on the same parts takes for the same work.
`;

/** The rows of one benchmark: said as they come, and kept for docs/performance.md. */
export class Figures {
  readonly #lines: string[] = [];
  readonly #command: string;
  readonly #title: string;

  constructor(command: string, title: string) {
    this.#command = command;
    this.#title = title;
  }

  say(line: string): void {
    process.stdout.write(`${line}\n`);
    this.#lines.push(line);
  }

  /** Requests a second and milliseconds a request; a floor's row has none before it. */
  row(
    title: string,
    measured: Measured & { firstByteMs?: number; kilobytes?: number },
    floor?: Measured,
  ): void {
    const { perSecond, p50, p95, p99, failures, firstByteMs, kilobytes } = measured;
    const ratio =
      floor === undefined
        ? ""
        : `${((100 * perSecond) / floor.perSecond).toFixed(0).padStart(4)} % of the floor`;
    const page =
      firstByteMs === undefined
        ? ""
        : `, first byte ${firstByteMs.toFixed(1)} ms, ${kilobytes?.toFixed(0)} KB`;
    const failed = failures === 0 ? "" : `, ${failures} FAILED`;
    this.say(
      `${title.padEnd(58)} ${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  p99 ${p99.toFixed(1)} ms ${ratio}${page}${failed}`.trimEnd(),
    );
  }

  /** With `--record` on the command line, puts the rows in place of this command's last ones. */
  record(): void {
    if (!process.argv.includes("--record")) return;
    const heading = `## ${this.#title}`;
    const day = new Date().toISOString().slice(0, 10);
    const [cpu] = cpus();
    const machine = `${cpus().length} × ${cpu?.model ?? "unknown processor"}, Node ${process.version}`;
    const section = `${heading}\n\n\`${this.#command}\` on ${day}, ${machine}; server, Postgres and clients share the cores.\n\n\`\`\`text\n${this.#lines.join("\n")}\n\`\`\`\n`;
    const kept = existsSync(FILE)
      ? readFileSync(FILE, "utf8")
          .split(/^(?=## )/m)
          .slice(1)
      : [];
    const others = kept
      .filter((other) => !other.startsWith(`${heading}\n`))
      .map((other) => `${other.trimEnd()}\n`);
    writeFileSync(FILE, [HEADER, ...[...others, section].toSorted()].join("\n"));
  }
}
