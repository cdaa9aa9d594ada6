"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { configureChecksAction } from "#lib/actions/services.ts";
import type { ServiceCheckGroup } from "#lib/domain/inputs/service-checks.ts";
import { SERVICE_CHECK_GROUPS, SERVICE_CHECK_TITLES } from "#lib/domain/service-check-groups.ts";
import type { ServiceView } from "#lib/queries/list-services.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { CHECK_FIELDS, checksFrom, textOfChecks } from "./check-fields.ts";

/** The addresses of a service's live checks, a panel for each group; empty groups are not checked. */
export function ServiceChecksForm({ service }: { service: ServiceView }) {
  const router = useRouter();
  const [saved, setSaved] = useState("");
  const [shown, setShown] = useState(() =>
    checksFrom((group, field) => textOfChecks(service.checks, group, field)),
  );
  const { onSubmit, pending, failure, errorOf, errorWithin } = useActionForm({
    action: configureChecksAction,
    toInput: (values) => ({
      serviceId: service.id,
      checks: checksIn(values),
      shown,
    }),
    onDone: (_value, form) => {
      setShown(checksIn(new FormData(form)));
      setSaved("Saved");
      router.refresh();
    },
  });
  // A list's error names the entry; it stands beside the one field that holds the list.
  const errorAt = (group: ServiceCheckGroup, field: string) =>
    errorWithin(`checks.${group}.${field}`) ?? errorOf(`checks.${group}.queries.${field}`);
  return (
    <form onSubmit={onSubmit} onChange={() => setSaved("")} noValidate className="grid gap-4">
      <div className="gap-4 lg:columns-2">
        {SERVICE_CHECK_GROUPS.map((group) => (
          <Panel key={group} aria-labelledby={`group-${group}`} className="mb-4 break-inside-avoid">
            <PanelHeader id={`group-${group}`} title={SERVICE_CHECK_TITLES[group]} />
            <PanelBody className="grid gap-3">
              {CHECK_FIELDS[group].map(({ name, label, hint, example, lines }) => (
                <Field key={name} label={label} hint={hint} marked={false} error={errorAt(group, name)}>
                  {(control) => {
                    const value = {
                      ...control,
                      name: `${group}.${name}`,
                      placeholder: example,
                      defaultValue: textOfChecks(service.checks, group, name),
                      readOnly: !service.mayConfigure,
                    };
                    return lines ? (
                      <Textarea {...value} rows={2} className="font-mono" />
                    ) : (
                      <Input {...value} mono />
                    );
                  }}
                </Field>
              ))}
            </PanelBody>
          </Panel>
        ))}
      </div>
      <FailureNotice failure={failure} />
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          disabledReason={service.mayConfigure ? undefined : "A team lead says where live checks go"}
        >
          Save the live checks
        </Button>
        <span aria-hidden="true" className="text-done-text">
          {saved}
        </span>
        <LiveRegion message={saved} />
      </div>
    </form>
  );
}

function checksIn(values: FormData): Record<string, unknown> {
  return checksFrom((group, field) => textOf(values, `${group}.${field}`));
}
