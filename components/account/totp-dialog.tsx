"use client";

import type { NewTotp } from "#lib/domain/ceremonies.ts";
import { confirmTotpAction } from "#lib/actions/account.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { OneTimeCodeField } from "#components/proof/one-time-code-field.tsx";
import { QrCodePicture } from "./qr-code-picture.tsx";
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
          <QrCodePicture of={fresh.qr} label="QR code with the secret below" />
          <p className="text-sm break-all text-ink-muted">
            Or type the secret: <CopyButton value={fresh.secret} label="secret" />
          </p>
          <OneTimeCodeField error={errorOf("code")} />
        </>
      )}
    </FormDialog>
  );
}
