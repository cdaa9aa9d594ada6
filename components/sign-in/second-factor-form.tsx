"use client";

import type { SecondFactorChoices } from "#lib/domain/ceremonies.ts";
import { type FormEvent, useEffect, useState } from "react";
import { askSecondFactorAction } from "#lib/actions/sign-in.ts";
import { callAction } from "#components/forms/call-action.ts";
import { InputFailure } from "#components/forms/input-failure.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { answerPasskey } from "#components/proof/passkey-ceremony.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { useSignIn } from "./use-sign-in.ts";

/** The second step of signing in: a passkey, a one-time code, or a recovery code. */
export function SecondFactorForm({ signing }: { signing: ReturnType<typeof useSignIn> }) {
  const { prove, fail, startOver, pending, error } = signing;
  const [choices, setChoices] = useState<SecondFactorChoices | null>(null);
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const ask = async () => {
    const asked = await callAction(askSecondFactorAction, { origin: window.location.origin });
    if (asked.ok) setChoices(asked.value);
    else fail(asked.message);
  };
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked once, when the step begins
  useEffect(() => void ask(), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = textOf(new FormData(event.currentTarget), "code");
    if (pending === null) void prove({ kind: withRecoveryCode ? "recovery-code" : "totp", code });
  };
  const usePasskey = async () => {
    if (choices?.passkey == null) return;
    try {
      await prove(await answerPasskey(choices.passkey));
    } catch (failure) {
      if (!(failure instanceof InputFailure)) throw failure;
      fail(failure.message);
    }
    // A challenge serves once.
    await ask();
  };
  if (choices === null && error === null) return <Spinner />;
  const { passkey = null, totp = false, recoveryCodes = false } = choices ?? {};
  const typed = totp || withRecoveryCode;
  return (
    <section aria-labelledby="second-factor" className="grid gap-4">
      <h2 id="second-factor" className="text-lg font-semibold">
        Your second factor
      </h2>
      {error !== null && <Notice tone="blocked" announce title={error} />}
      {passkey !== null && (
        <Button variant="primary" size="lg" pending={pending !== null} onClick={usePasskey}>
          Use your passkey
        </Button>
      )}
      {passkey === null && !totp && (
        <Notice tone="attention" title="Your passkeys do not work under this address">
          Open Countersign under the name that they were made for, or use a recovery code.
        </Notice>
      )}
      {typed && (
        <form onSubmit={submit} method="post" className="grid gap-4">
          <Field
            key={withRecoveryCode ? "recovery" : "totp"}
            label={withRecoveryCode ? "Recovery code" : "One-time code"}
            hint={withRecoveryCode ? "It is used up." : "The six digits that your app shows now."}
            required
          >
            {(control) => (
              <Input
                {...control}
                name="code"
                mono
                maxLength={40}
                inputMode={withRecoveryCode ? "text" : "numeric"}
                autoComplete={withRecoveryCode ? "off" : "one-time-code"}
              />
            )}
          </Field>
          <Button
            type="submit"
            variant={passkey === null ? "primary" : "secondary"}
            size="lg"
            pending={pending !== null}
          >
            Sign in
          </Button>
        </form>
      )}
      <div className="flex flex-wrap gap-2">
        {recoveryCodes && !withRecoveryCode && (
          <Button variant="ghost" onClick={() => setWithRecoveryCode(true)}>
            Use a recovery code
          </Button>
        )}
        <Button variant="ghost" onClick={startOver}>
          Start over
        </Button>
      </div>
    </section>
  );
}
