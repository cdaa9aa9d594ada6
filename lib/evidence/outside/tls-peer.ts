import {
  checkServerIdentity,
  connect,
  rootCertificates,
  type PeerCertificate,
  type TLSSocket,
} from "node:tls";
import type { TlsObservation } from "../outside.ts";
import { Unreadable } from "../unreadable.ts";
import { guardedLookup, type Lookup } from "./guarded-lookup.ts";
import { refuseLiteral, unreachable } from "./target.ts";

type Options = {
  readonly allowedRanges: readonly string[];
  readonly extraCa: readonly string[];
  readonly timeoutMs: number;
  readonly lookup?: Lookup | undefined;
};

/** Looks at a server's certificate; a bad one is what it is to be told, so the handshake does not fail on it. */
export function createTls({ allowedRanges, extraCa, timeoutMs, lookup }: Options) {
  return async (host: string, port: number): Promise<TlsObservation> => {
    refuseLiteral(host, allowedRanges);
    const socket = await handshake(host, port);
    try {
      return observe(socket, host);
    } finally {
      socket.destroy();
    }
  };

  function handshake(host: string, port: number): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        servername: host,
        lookup: guardedLookup(allowedRanges, lookup),
        rejectUnauthorized: false,
        ...(extraCa.length === 0 ? {} : { ca: [...rootCertificates, ...extraCa] }),
      });
      socket.setTimeout(timeoutMs, () => socket.destroy(new Unreadable(`${host}:${port} takes too long`)));
      socket.once("secureConnect", () => resolve(socket));
      socket.once("error", (error) => reject(unreachable(`${host}:${port}`, error)));
    });
  }
}

function observe(socket: TLSSocket, host: string): TlsObservation {
  const certificate: PeerCertificate = socket.getPeerCertificate();
  if (certificate.valid_to === undefined) throw new Unreadable(`${host} shows no certificate`);
  const trustError = socket.authorized ? null : codeOf(socket.authorizationError);
  return {
    trusted: trustError === null || isToldOnItsOwn(trustError, certificate),
    trustError,
    nameMatches: checkServerIdentity(host, certificate) === undefined,
    subject: String(certificate.subject?.CN ?? host),
    issuer: String(certificate.issuer?.CN ?? certificate.issuer?.O ?? "unknown"),
    validFrom: dateOf(certificate.valid_from, host),
    validTo: dateOf(certificate.valid_to, host),
    protocol: socket.getProtocol() ?? "unknown",
  };
}

function dateOf(text: string, host: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new Unreadable(`${host} shows a certificate with an impossible date`);
  return date.toISOString();
}

// The certificate's own name and dates are told on their own; the rest is the chain. What has expired may
// be the chain above it, of which nothing else is told, not even whether anybody trusts it.
function isToldOnItsOwn(trustError: string, { valid_to: validTo }: PeerCertificate): boolean {
  if (trustError === "CERT_HAS_EXPIRED") return Date.parse(validTo) <= Date.now();
  return trustError === "ERR_TLS_CERT_ALTNAME_INVALID";
}

// Typed as an error, but Node gives the code alone.
function codeOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error === "object" && error !== null && "code" in error) return String(error.code);
  return "UNKNOWN";
}
