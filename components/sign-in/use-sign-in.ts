"use client";

import { useState } from "react";

const REFUSALS: Readonly<Record<string, string>> = {
  CredentialsSignin: "E-mail and password do not match.",
  "rate-limited": "Too many attempts. Wait a few minutes and try again.",
};

/** Signs in with e-mail and password, and goes where the person was going. */
export function useSignIn(from: string) {
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const signIn = async (email: string, password: string) => {
    setPending(email);
    setError(null);
    const refusal = await attempt(email, password);
    if (refusal === null) window.location.assign(from);
    else {
      setError(refusal);
      setPending(null);
    }
  };
  return { signIn, pending, error };
}

async function attempt(email: string, password: string): Promise<string | null> {
  try {
    const auth = await import("next-auth/react");
    const answer = await auth.signIn("credentials", { email, password, redirect: false });
    if (answer?.ok) return null;
    return REFUSALS[answer?.error ?? ""] ?? "Signing in did not work; try again.";
  } catch {
    return "The server cannot be reached; try again.";
  }
}
