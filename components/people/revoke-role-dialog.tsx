"use client";

import { revokeRoleAction } from "#lib/actions/people.ts";
import type { HeldRole, PersonView } from "#lib/queries/list-people.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { heldInWords } from "./held-in-words.ts";

type RevokeRoleDialogProps = {
  readonly person: PersonView;
  readonly held: HeldRole;
  readonly onClose: () => void;
};

export default function RevokeRoleDialog({ person, held, onClose }: RevokeRoleDialogProps) {
  const { role, teamId } = held;
  return (
    <FormDialog
      title={`Take the role ${heldInWords(held)} from ${person.name}?`}
      description="They are signed out everywhere at once. What they did and signed with it stands."
      confirm="Take the role away"
      action={revokeRoleAction}
      toInput={() => ({ personId: person.id, role, teamId })}
      onClose={onClose}
    >
      {() => null}
    </FormDialog>
  );
}
