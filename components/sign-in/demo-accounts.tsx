"use client";

import { Icon } from "#components/ui/icon.tsx";
import { Initials } from "#components/ui/initials.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

type DemoAccountsProps = {
  readonly from: string;
  readonly password: string;
  readonly accounts: readonly { readonly email: string; readonly name: string; readonly title: string }[];
};

/** Evaluation mode: each role is one click away. */
export function DemoAccounts({ from, password, accounts }: DemoAccountsProps) {
  const signing = useSignIn(from);
  const { signIn, step, pending, error } = signing;
  if (step === "second-factor") return <SecondFactorForm signing={signing} />;
  return (
    <section aria-labelledby="demo" className="mt-8">
      <h2 id="demo" className="microlabel mb-2">
        Demo team, one click each
      </h2>
      {error !== null && <Notice tone="blocked" announce title={error} className="mb-2" />}
      <ul className="grid gap-1.5 sm:grid-cols-2">
        {accounts.map(({ email, name, title }) => (
          <li key={email}>
            <button
              type="button"
              onClick={() => pending === null && signIn(email, password)}
              className="flex min-h-11 w-full items-center gap-2.5 rounded-md border border-line bg-surface px-3 py-1.5 text-left transition-colors hover:bg-hover"
            >
              <Initials name={name} decorative />
              <span className="min-w-0 grow">
                <span className="block font-medium">{title}</span>
                <span className="block truncate text-sm text-ink-faint">{name}</span>
              </span>
              {pending === email ? (
                <Spinner />
              ) : (
                <Icon name="arrow-right" className="size-4 text-ink-faint" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
