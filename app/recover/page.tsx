import type { Metadata } from "next";
import { LogoMark } from "#components/shell/logo-mark.tsx";
import { MAIN_ID } from "#components/shell/main-id.ts";
import { RecoverForm } from "#components/sign-in/recover-form.tsx";

export const metadata: Metadata = { title: "Recover your account" };
export const dynamic = "force-dynamic";

export default function RecoverPage() {
  return (
    <main id={MAIN_ID} className="m-auto w-full max-w-lg px-4 py-10">
      <LogoMark className="mb-4 size-9" />
      <h1 className="text-2xl font-semibold tracking-tight">Recover your account</h1>
      <p className="mt-1 mb-6 text-ink-muted">
        The link that an admin gave you works once. Your sessions end, and you sign in with the new password.
      </p>
      <RecoverForm />
    </main>
  );
}
