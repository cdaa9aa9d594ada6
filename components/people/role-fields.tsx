"use client";

import { ROLE_TITLES, ROLES } from "#lib/domain/roles.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

type RoleFieldsProps = {
  readonly teams: readonly TeamView[];
  /** What stands for no role, where there may be none. */
  readonly none?: string;
  readonly roleError: string | undefined;
  readonly teamError: string | undefined;
};

/** A role, and for which team it is held. */
export function RoleFields({ teams, none, roleError, teamError }: RoleFieldsProps) {
  return (
    <>
      <Field label="Role" required error={roleError}>
        {(control) => (
          <Select {...control} name="role">
            {none !== undefined && <option value="">{none}</option>}
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {ROLE_TITLES[role]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Team" required error={teamError}>
        {(control) => (
          <Select {...control} name="team">
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="">All teams</option>
          </Select>
        )}
      </Field>
    </>
  );
}
