import type { Instant } from "#lib/domain/deployment.ts";

/** The one way out to addresses that people typed. Every method throws `Unreadable` when it cannot tell. */
export type Outside = {
  /** A GET that follows at most a few redirects, each checked like the first address. */
  readonly get: (url: string, options?: GetOptions) => Promise<Answer>;
  /** A POST of JSON; a redirect is answered, and not followed. */
  readonly post: (url: string, body: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly tls: (host: string, port: number) => Promise<TlsObservation>;
  /** The records of a name as one resolver sees them; empty when there are none of the type. */
  readonly resolve: (name: string, type: DnsType, resolver: string | null) => Promise<readonly string[]>;
};

export type GetOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: "GET" | "HEAD" | "OPTIONS";
  /** Bytes of the body that are read at most; a longer body is `Unreadable`. */
  readonly maxBytes?: number;
  readonly followRedirects?: boolean;
};

export type Answer = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly milliseconds: number;
};

export type TlsObservation = {
  /** Whether the chain leads to a trusted root, and Node's code for why not. */
  readonly trusted: boolean;
  readonly trustError: string | null;
  /** Whether the certificate is for this host. */
  readonly nameMatches: boolean;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly protocol: string;
};

export const DNS_TYPES = ["A", "AAAA", "CNAME", "MX", "TXT"] as const;
export type DnsType = (typeof DNS_TYPES)[number];
