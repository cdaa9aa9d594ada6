"use client";

import { useState } from "react";

const REFUSALS: Readonly<Record<string, string>> = {
  CredentialsSignin: "E-mail and password do not match.",
  "rate-limited": "Too many attempts. Wait a few minutes and try again.",
  "proof-required": "This does not hold. Codes are good once; try the next.",
  "invalid-input": "This is not what a code looks like; look again.",
  "sign-in-over": "This took too long. Begin again with your password.",
  fault: "Something went wrong on our side. Try again.",
};

const FAILED = "Signing in did not work; try again.";

/** Signs in with e-mail and password, then a second factor where one is asked for, and goes where the person was going. */
export function useSignIn(from: string) {
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [step, setStep] = useState<"password" | "second-factor">("password");
  const attempt = async (what: string, provider: string, credentials: Record<string, string>) => {
    setPending(what);
    setError(null);
    const refusal = await signInWith(provider, credentials);
    if (refusal === null) return window.location.assign(from);
    if (refusal === "second-factor-required") setStep("second-factor");
    else setError(REFUSALS[refusal] ?? FAILED);
    if (refusal === "sign-in-over") setStep("password");
    setPending(null);
  };
  return {
    signIn: async (email: string, password: string) => attempt(email, "credentials", { email, password }),
    prove: async (proof: object) => attempt("proof", "second-factor", { proof: JSON.stringify(proof) }),
    fail: setError,
    startOver: () => setStep("password"),
    step,
    pending,
    error,
  };
}

/** The code of the refusal; null when it worked. */
async function signInWith(provider: string, credentials: Record<string, string>): Promise<string | null> {
  try {
    const auth = await import("next-auth/react");
    const answer = await auth.signIn(provider, { ...credentials, redirect: false });
    return answer?.ok ? null : (answer?.error ?? "unknown");
  } catch {
    return "unreachable";
  }
}
