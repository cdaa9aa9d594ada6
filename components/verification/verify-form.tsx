"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { askForVerificationAction } from "#lib/actions/verifications.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";

type Kind = "everything" | "range" | "deployment";

/** Asks for a verification: of everything, a span of time, or one deployment. */
export function VerifyForm({ verifiesAll, deployment }: { verifiesAll: boolean; deployment: string }) {
  const router = useRouter();
  const [kind, setKind] = useState<Kind>(verifiesAll && deployment === "" ? "everything" : "deployment");
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: askForVerificationAction,
    toInput: (values) => ({ scope: scopeFrom(kind, values) }),
    onDone: () => router.refresh(),
  });
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      {verifiesAll && (
        <RadioGroup
          name="kind"
          label="What to verify"
          options={KINDS}
          value={kind}
          onValueChange={(value) => setKind(kindFrom(value))}
        />
      )}
      {kind === "deployment" && (
        <Field
          label="Deployment"
          hint="Its web address or its id."
          required
          error={errorOf("scope.deploymentId")}
        >
          {(control) => <Input {...control} name="deployment" mono defaultValue={deployment} />}
        </Field>
      )}
      {kind === "range" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="From" required error={errorOf("scope.from")}>
            {(control) => <DateTimeInput {...control} name="from" />}
          </Field>
          <Field label="Until" required error={errorOf("scope.to")}>
            {(control) => <DateTimeInput {...control} name="to" />}
          </Field>
        </div>
      )}
      <FailureNotice failure={failure} />
      <Button type="submit" variant="primary" pending={pending} className="justify-self-start">
        Verify
      </Button>
    </form>
  );
}

const KINDS = [
  {
    value: "everything",
    label: "Everything",
    hint: "Every event and hash, what the tables hold, every file, and the log against every checkpoint.",
  },
  {
    value: "range",
    label: "A span of time",
    hint: "The whole history of each record that changed in it, and the checkpoints signed in it.",
  },
  {
    value: "deployment",
    label: "One deployment",
    hint: "Its events and hashes, tables and files, and its place in the signed log.",
  },
];

function kindFrom(value: string): Kind {
  return value === "everything" || value === "range" ? value : "deployment";
}

function scopeFrom(kind: Kind, values: FormData) {
  if (kind === "everything") return { kind };
  if (kind === "range") return { kind, from: textOf(values, "from"), to: textOf(values, "to") };
  const typed = textOf(values, "deployment").trim();
  return { kind, deploymentId: (UUID.exec(typed)?.[0] ?? typed).toLowerCase() };
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
