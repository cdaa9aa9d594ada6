import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Certificate = { readonly key: string; readonly cert: string };
export type Certificates = Readonly<Record<"good" | "expired" | "wrongName" | "selfSigned", Certificate>> & {
  readonly ca: string;
};

/** Chains made with openssl: a root of the tests' own, and what servers do right and wrong with it. */
export function makeCertificates(folder: string): Certificates {
  openssl(
    folder,
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "30",
    "-subj",
    "/CN=Test Root",
  );
  const signed = (name: string, host: string, ...dates: string[]): Certificate => {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${host}\n`);
    openssl(
      folder,
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${host}`,
    );
    openssl(
      folder,
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-out",
      `${name}.pem`,
      "-extfile",
      `${name}.ext`,
      ...dates,
    );
    return read(folder, name);
  };
  openssl(
    folder,
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "self.key",
    "-out",
    "self.pem",
    "-days",
    "30",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
  );
  return {
    ca: readFileSync(join(folder, "ca.pem"), "utf8"),
    good: signed("good", "localhost", "-days", "60"),
    // A day that has passed: openssl counts from now, so the end is set behind it.
    expired: signed("expired", "localhost", "-days", "-1"),
    wrongName: signed("wrong", "other.example", "-days", "60"),
    selfSigned: read(folder, "self"),
  };
}

function read(folder: string, name: string): Certificate {
  const text = (suffix: string) => readFileSync(join(folder, `${name}.${suffix}`), "utf8");
  return { key: text("key"), cert: text("pem") };
}

function openssl(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}:\n${stderr}`);
}
