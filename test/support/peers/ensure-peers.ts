import { spawnSync } from "node:child_process";

const PROGRAMS = {
  prometheus: "prometheus",
  "prometheus-alertmanager": "prometheus-alertmanager",
  dnsmasq: "dnsmasq-base",
  openssl: "openssl",
  nginx: "nginx",
  python3: "python3",
} as const;

export type Program = keyof typeof PROGRAMS;

/** Makes sure that the real peers of the tests are there, from Debian's packages where they are missing. */
export function ensurePeers(...programs: readonly Program[]): void {
  const missing = Object.entries(PROGRAMS).filter(
    ([program]) => programs.some((wanted) => wanted === program) && !isThere(program),
  );
  if (missing.length === 0) return;
  if (process.getuid?.() === 0) {
    spawnSync("apt-get", ["update"], { stdio: "ignore" });
    const packages = missing.map(([, name]) => name);
    // Their services do not start by themselves: the tests run the programs.
    const env = { ...process.env, RUNLEVEL: "1", DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { stdio: "ignore", env });
  }
  const gone = missing.filter(([program]) => !isThere(program)).map(([, name]) => name);
  if (gone.length > 0)
    throw new Error(`the tests need ${gone.join(", ")}: apt-get install ${gone.join(" ")}`);
}

function isThere(program: string): boolean {
  return spawnSync("sh", ["-c", `PATH="$PATH:/usr/sbin" command -v ${program}`]).status === 0;
}
