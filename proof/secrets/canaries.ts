import { randomBytes } from "node:crypto";

export type Found = { readonly kind: string; readonly where: string };

/** Secrets that are put in, each of a kind, and looked for in whatever is kept or told. */
export type Canaries = {
  /** A new secret that occurs nowhere else, of letters and digits. */
  readonly mint: (kind: string) => string;
  /** Remembers one that the app made. */
  readonly keep: (kind: string, secret: string) => string;
  readonly find: (text: string, where: string) => readonly Found[];
  readonly kinds: () => number;
  readonly secrets: () => number;
};

export function makeCanaries(): Canaries {
  const known = new Map<string, string>();
  const keep = (kind: string, secret: string) => {
    known.set(secret, kind);
    return secret;
  };
  return {
    mint: (kind) => keep(kind, `canary${randomBytes(16).toString("hex")}`),
    keep,
    find: (text, where) =>
      [...known].flatMap(([secret, kind]) =>
        formsOf(secret).some((form) => text.includes(form)) ? [{ kind, where }] : [],
      ),
    kinds: () => new Set(known.values()).size,
    secrets: () => known.size,
  };
}

// As itself, in an address, in JSON, and in what hides text from the eye alone. Base64 depends on
// where the text begins: what is left of it at each of the three beginnings is looked for.
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replaceAll("=", "");
    return padded.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("hex"),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}
