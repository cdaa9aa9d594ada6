"use client";

import { renameViewAction, saveViewAction } from "#lib/actions/saved-views.ts";
import type { ViewPage } from "#lib/domain/inputs/saved-views.ts";
import type { SavedView } from "#lib/queries/saved-views.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = {
  /** The view to be renamed; null keeps a new one. */
  readonly view: SavedView | null;
  readonly page: ViewPage;
  readonly query: string;
  readonly onClose: () => void;
};

export default function ViewNameDialog({ view, page, query, onClose }: Props) {
  return (
    <FormDialog
      title={view === null ? "Save this view" : `Rename ${view.name}`}
      description="Only you see it."
      confirm={view === null ? "Save" : "Rename"}
      action={view === null ? saveViewAction : renameViewAction}
      toInput={(values) => {
        const name = textOf(values, "name");
        return view === null ? { page, name, query } : { viewId: view.id, name };
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="Name" required error={errorOf("name")}>
          {(control) => (
            <Input {...control} name="name" defaultValue={view?.name} autoComplete="off" maxLength={60} />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
