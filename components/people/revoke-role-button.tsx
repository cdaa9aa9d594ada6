"use client";

import { revokeRoleAction } from "#lib/actions/people.ts";
import { ROLE_TITLES, type Role } from "#lib/domain/roles.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";

type RevokeRoleButtonProps = {
  readonly personId: string;
  readonly role: Role;
  readonly teamId: string | null;
  readonly name: string;
};

export function RevokeRoleButton({ personId, role, teamId, name }: RevokeRoleButtonProps) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        className="size-5"
        pending={pending}
        aria-label={`Take the role ${ROLE_TITLES[role]} from ${name}`}
        onClick={() => run(revokeRoleAction, { personId, role, teamId })}
      >
        <Icon name="close" className="size-3" />
      </Button>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
