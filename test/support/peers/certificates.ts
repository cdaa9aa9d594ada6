import { X509Certificate } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Certificate = { readonly key: string; readonly cert: string };
export type Certificates = Readonly<
  Record<
    | "good"
    | "expired"
    | "wrongName"
    | "selfSigned"
    | "expiredIntermediate"
    | "expiredForeignRoot"
    | "impossibleDate",
    Certificate
  >
> & {
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
  const sign = (
    name: string,
    subject: string,
    extension: string,
    issuer: readonly string[],
    days: number,
  ) => {
    writeFileSync(join(folder, `${name}.ext`), `${extension}\n`);
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
      `/CN=${subject}`,
    );
    openssl(
      folder,
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...issuer,
      "-out",
      `${name}.pem`,
      "-extfile",
      `${name}.ext`,
      // openssl counts from now, so what has expired ends behind it.
      "-days",
      String(days),
    );
  };
  const by = (name: string) => ["-CA", `${name}.pem`, "-CAkey", `${name}.key`, "-CAcreateserial"];
  const signed = (name: string, host: string, days: number, issuer = "ca"): Certificate => {
    sign(name, host, `subjectAltName=DNS:${host}`, by(issuer), days);
    return read(folder, name);
  };
  // A server shows what is between its own certificate and a root besides.
  const signedByExpired = (name: string, issuer: string, whose: readonly string[]): Certificate => {
    sign(issuer, issuer, "basicConstraints=critical,CA:TRUE", whose, -1);
    const { key, cert } = signed(name, "localhost", 60, issuer);
    return { key, cert: cert + read(folder, issuer).cert };
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
    good: signed("good", "localhost", 60),
    expired: signed("expired", "localhost", -1),
    wrongName: signed("wrong", "other.example", 60),
    expiredIntermediate: signedByExpired("below", "intermediate", by("ca")),
    expiredForeignRoot: signedByExpired("foreign", "foreign-root", ["-signkey", "foreign-root.key"]),
    selfSigned: read(folder, "self"),
    impossibleDate: withImpossibleEnd(read(folder, "self")),
  };
}

/** Its end, the second date of a certificate, made one that no calendar has; nobody asks its signature. */
function withImpossibleEnd({ key, cert }: Certificate): Certificate {
  const der = new X509Certificate(cert).raw;
  const dates = Buffer.from([0x17, 0x0d]);
  const end = der.indexOf(dates, der.indexOf(dates) + 2) + 2;
  der.write("991399999999Z", end, "latin1");
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return { key, cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n") };
}

function read(folder: string, name: string): Certificate {
  const text = (suffix: string) => readFileSync(join(folder, `${name}.${suffix}`), "utf8");
  return { key: text("key"), cert: text("pem") };
}

function openssl(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}:\n${stderr}`);
}
