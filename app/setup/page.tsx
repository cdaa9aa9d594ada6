import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isNobodyThere } from "#lib/queries/is-nobody-there.ts";
import { LogoMark } from "#components/shell/logo-mark.tsx";
import { MAIN_ID } from "#components/shell/main-id.ts";
import { SetUpForm } from "#components/sign-in/set-up-form.tsx";

export const metadata: Metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetUpPage() {
  if (!(await isNobodyThere())) redirect("/sign-in");
  return (
    <main id={MAIN_ID} className="m-auto w-full max-w-lg px-4 py-10">
      <LogoMark className="mb-4 size-9" />
      <h1 className="text-2xl font-semibold tracking-tight">Set up Countersign</h1>
      <p className="mt-1 mb-6 text-ink-muted">
        Make the first team and its admin. The server printed a token when it started.
      </p>
      <SetUpForm />
    </main>
  );
}
