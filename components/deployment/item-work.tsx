"use client";

import type { ReactNode } from "react";
import type { DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";
import { mayAssign } from "#lib/domain/owners.ts";
import { useMe } from "#components/live/live-provider.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { OwnerSelect } from "./owner-select.tsx";
import type { Work } from "./use-work.ts";

type ItemWorkProps = { readonly view: DeploymentView; readonly item: ItemView; readonly work: Work };

/** Who is to settle an item, and until when: chosen here by whoever may, said to everybody else. */
export function ItemWork({ view, item, work }: ItemWorkProps) {
  const me = useMe();
  const { assign, assignAnybody, setDue } = view.abilities;
  const by = { id: me.id, assignsAnybody: assignAnybody.allowed };
  const givesOn = mayAssign(item.owner, { id: "somebody else" }, by)
    ? assign
    : { allowed: false as const, reason: `${item.owner?.name} or a team lead gives it on` };
  return (
    <div
      className={cn(
        "grid gap-3 border-line not-first:border-t not-first:pt-4",
        setDue.allowed ? "sm:grid-cols-[minmax(0,1fr)_15rem]" : "sm:grid-cols-2",
      )}
    >
      {assign.allowed ? (
        <Field label="Owner" required hint={whyNot(givesOn)}>
          {(control) => (
            <OwnerSelect
              control={{ ...control, required: false }}
              owner={item.owner}
              others={givesOn}
              onChoose={(ownerId) => void work.assign([item.key], ownerId)}
            />
          )}
        </Field>
      ) : (
        <Said label="Owner">{item.owner?.name ?? "Nobody"}</Said>
      )}
      {setDue.allowed ? (
        <DueField key={item.dueAt} item={item} work={work} />
      ) : (
        <Said label="Due">
          {item.dueAt === null ? "No date" : <Time at={item.dueAt} now={view.now} exact />}
        </Said>
      )}
      {work.refusal !== null && (
        <Notice tone="blocked" announce title={work.refusal} className="sm:col-span-2" />
      )}
    </div>
  );
}

function DueField({ item, work }: { item: ItemView; work: Work }) {
  return (
    <Field
      label="Due"
      required
      hint={
        item.dueIsSet ? (
          <Button variant="ghost" size="sm" onClick={() => void work.setDue([item.key], null)}>
            Take this date back
          </Button>
        ) : (
          item.dueAt !== null && "Moves with T-0."
        )
      }
    >
      {(control) => (
        <DateTimeInput
          {...control}
          required={false}
          instant={item.dueAt ?? undefined}
          onLeave={(dueAt) => {
            if (dueAt !== null && dueAt.slice(0, 16) !== item.dueAt?.slice(0, 16))
              void work.setDue([item.key], dueAt);
          }}
        />
      )}
    </Field>
  );
}

function Said({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1">
      <p className="font-medium">{label}</p>
      <p className="flex items-center text-ink-muted sm:min-h-8 sm:pointer-coarse:min-h-11">{children}</p>
    </div>
  );
}
