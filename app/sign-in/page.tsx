import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentActor } from "#lib/auth/current-actor.ts";
import { demoAccounts } from "#lib/queries/demo-accounts.ts";
import { isNobodyThere } from "#lib/queries/is-nobody-there.ts";
import { LogoMark } from "#components/shell/logo-mark.tsx";
import { MAIN_ID } from "#components/shell/main-id.ts";
import { DemoAccounts } from "#components/sign-in/demo-accounts.tsx";
import { SignInForm } from "#components/sign-in/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ from?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const from = pathFrom((await searchParams).from);
  if ((await currentActor()) !== null) redirect("/");
  if (await isNobodyThere()) redirect("/setup");
  const demo = demoAccounts();
  return (
    <main id={MAIN_ID} className="m-auto w-full max-w-lg px-4 py-10">
      <LogoMark className="mb-4 size-9" />
      <h1 className="text-2xl font-semibold tracking-tight">Sign in to Countersign</h1>
      <p className="mt-1 mb-6 text-ink-muted">Deployment sign-off you can prove.</p>
      <SignInForm from={from} />
      {demo !== null && <DemoAccounts from={from} {...demo} />}
    </main>
  );
}

// Only a path of our own: anything else would let a link send people elsewhere after sign-in.
function pathFrom(given: string | string[] | undefined): string {
  return typeof given === "string" && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : "/";
}
