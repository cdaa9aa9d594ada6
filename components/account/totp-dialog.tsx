"use client";

import type { NewTotp } from "#lib/domain/ceremonies.ts";
import { confirmTotpAction } from "#lib/actions/account.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { OneTimeCodeField } from "#components/proof/one-time-code-field.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A new secret for an app, as QR code and text, and the first code that confirms it. */
export default function TotpDialog({ fresh, onClose }: { fresh: NewTotp; onClose: () => void }) {
  return (
    <FormDialog
      title="Set up one-time codes"
      description="Scan this with your authenticator app, then enter the code that it shows."
      confirm="Confirm"
      action={confirmTotpAction}
      toInput={(values) => ({ code: textOf(values, "code") })}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(fresh.qr)}`}
            alt="QR code with the secret below"
            className="mx-auto size-44 rounded-md bg-white"
          />
          <p className="text-sm break-all text-ink-muted">
            Or type the secret: <CopyButton value={fresh.secret} label="secret" />
          </p>
          <OneTimeCodeField error={errorOf("code")} />
        </>
      )}
    </FormDialog>
  );
}
