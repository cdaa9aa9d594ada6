"use client";

import type { Ability } from "#lib/queries/deployment-view.ts";
import { useMe } from "#components/live/live-provider.tsx";
import type { FieldControl } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { usePeople } from "./use-people.ts";

type OwnerSelectProps = {
  /** What ties it to its label. */
  readonly control: Partial<FieldControl> & { readonly "aria-label"?: string };
  /** The owner now; null when there is none, undefined where none is shown. */
  readonly owner: { readonly id: string; readonly name: string } | null | undefined;
  /** Whether it may be given to others than oneself. */
  readonly others: Ability;
  readonly onChoose: (ownerId: string | null) => void;
};

/** Who is to settle something: oneself first, then everybody else who may. */
export function OwnerSelect({ control, owner, others, onChoose }: OwnerSelectProps) {
  const me = useMe();
  const people = usePeople().filter(({ id, mayOwn }) => mayOwn && id !== me.id);
  const shown = others.allowed ? people : people.filter(({ id }) => id === owner?.id);
  const isKnown = owner == null || owner.id === me.id || shown.some(({ id }) => id === owner.id);
  const given = owner !== undefined;
  return (
    <Select
      {...control}
      value={given ? (owner?.id ?? "") : "choose"}
      onChange={({ target: { value } }) => onChoose(value === "" ? null : value)}
    >
      {!given && (
        <option value="choose" disabled>
          Assign to…
        </option>
      )}
      {(others.allowed || owner == null) && <option value="">Nobody</option>}
      <option value={me.id}>{me.name} (you)</option>
      {!isKnown && <option value={owner.id}>{owner.name}</option>}
      {shown.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
