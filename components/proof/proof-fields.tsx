"use client";

import { useState } from "react";
import type { PasskeyRequest } from "#lib/domain/ceremonies.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { OneTimeCodeField } from "./one-time-code-field.tsx";
import { provePasskey, type Ask } from "./passkey-ceremony.ts";
import { usePasskeySite } from "./use-passkey-site.ts";

const WAYS = {
  passkey: { value: "passkey", label: "Passkey" },
  "password+totp": { value: "password+totp", label: "Password and one-time code" },
  "password+recovery-code": { value: "password+recovery-code", label: "Password and recovery code" },
  password: { value: "password", label: "Password" },
} as const;

type Way = keyof typeof WAYS;

type ProofFieldsProps = {
  readonly choices: ProofChoices;
  readonly proof: ReturnType<typeof useProof>;
  readonly errorOf: (field: string) => string | undefined;
};

/** The ways in which somebody can prove, here and now, who they are; the first is preselected. */
export function useProof(choices: ProofChoices) {
  const site = usePasskeySite();
  const [chosen, setChosen] = useState<Way | null>(null);
  const ways = waysFor(choices, site);
  const way = chosen !== null && ways.includes(chosen) ? chosen : (ways[0] ?? null);
  /** The proof as the server takes it; a passkey is asked here, for what `about` says. */
  const prove = async (values: FormData, ask: Ask<PasskeyRequest>, about: object = {}) =>
    way === "passkey" || way === null ? provePasskey(ask, about) : typedProof(way, values);
  return { ways, way, choose: setChosen, prove };
}

/** Who it is: the way to prove it where there is more than one, and what that way asks for. */
export function ProofFields({ choices, proof, errorOf }: ProofFieldsProps) {
  const { ways, way, choose } = proof;
  if (way === null) return <NoWay choices={choices} />;
  return (
    <>
      {ways.length > 1 && (
        <RadioGroup
          name="way"
          label="Prove that it is you with"
          options={ways.map((each) => WAYS[each])}
          value={way}
          onValueChange={(value) => choose(ways.find((each) => each === value) ?? way)}
        />
      )}
      {way === "passkey" ? (
        <p className="text-ink-muted">Your browser asks for the passkey when you go on.</p>
      ) : (
        <Field label="Your password" required error={errorOf("proof.password")}>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" />
          )}
        </Field>
      )}
      {way === "password+totp" && (
        <OneTimeCodeField hint="The six digits that your app shows now." error={errorOf("proof.code")} />
      )}
      {way === "password+recovery-code" && (
        <Field
          label="Recovery code"
          hint={`${choices.recoveryCodes} left; this one is used up.`}
          required
          error={errorOf("proof.code")}
        >
          {(control) => <Input {...control} name="code" mono autoComplete="off" maxLength={40} />}
        </Field>
      )}
    </>
  );
}

/** What a form with these fields sends, for every way but the passkey. */
function typedProof(way: Exclude<Way, "passkey">, values: FormData) {
  const password = textOf(values, "password");
  return way === "password" ? { kind: way, password } : { kind: way, password, code: textOf(values, "code") };
}

function NoWay({ choices }: { choices: ProofChoices }) {
  return choices.passkeySites.length > 0 ? (
    <Notice tone="attention" title="Your passkeys do not work under this address">
      They belong to {choices.passkeySites.join(", ")}. Open Countersign there, or set up one-time codes on{" "}
      <a href="/account" className="underline">
        your account
      </a>
      .
    </Notice>
  ) : (
    <Notice tone="attention" title="This team asks for a second factor to sign">
      Set up a passkey or one-time codes on{" "}
      <a href="/account" className="underline">
        your account
      </a>
      , then come back.
    </Notice>
  );
}

function waysFor(choices: ProofChoices, site: string | null): readonly Way[] {
  const ways: Way[] = [];
  if (site !== null && choices.passkeySites.includes(site)) ways.push("passkey");
  if (choices.totp) ways.push("password+totp");
  if (choices.recoveryCodes > 0) ways.push("password+recovery-code");
  if (!choices.secondFactorRequired) ways.push("password");
  return ways;
}
