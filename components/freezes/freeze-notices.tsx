"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { liftFreezeAction } from "#lib/actions/freezes.ts";
import { covers, freezeInWords } from "#lib/domain/freezes.ts";
import type { DeploymentView, FreezeView } from "#lib/queries/deployment-view.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

const ReasonDialog = later(() => import("#components/deployment/reason-dialog.tsx"));

/** The windows that stop this record: those that stand, and those that cover its date. */
export function FreezeNotices({ view }: { view: DeploymentView }) {
  const shown = view.freezes.filter((freeze) => freeze.standing || covers(freeze, view.details.deploymentAt));
  if (shown.length === 0) return null;
  return (
    <div id="freezes" className="grid scroll-mt-4 gap-2">
      {shown.map((freeze) => (
        <FreezeNotice key={freeze.id} freeze={freeze} view={view} />
      ))}
    </div>
  );
}

function FreezeNotice({ freeze, view }: { freeze: FreezeView; view: DeploymentView }) {
  const [open, setOpen] = useState(false);
  const { lifted, lift } = freeze;
  if (lifted !== null) {
    return (
      <Notice tone="void" icon="snowflake" title={`${freezeInWords(freeze)}, but not for this deployment`}>
        {lifted.lifted.by.name} lifted it, {formatMoment(Date.parse(lifted.lifted.at))}: “{lifted.reason}”
      </Notice>
    );
  }
  return (
    <Notice
      tone={freeze.standing ? "blocked" : "attention"}
      icon="snowflake"
      title={freezeInWords(freeze)}
      actions={
        <Button size="sm" disabledReason={whyNot(lift)} onClick={() => setOpen(true)}>
          Lift for this deployment…
        </Button>
      }
    >
      {freeze.standing
        ? "The gate before T-0 stays closed."
        : `It begins ${formatMoment(Date.parse(freeze.startsAt))}; T-0 is planned within it.`}
      {open && (
        <ReasonDialog
          title={`Lift the freeze for ${view.service.name} ${view.details.version}`}
          consequence="This deployment alone may begin in spite of it. The record keeps who said so and why."
          label="Why can it not wait?"
          confirm="Lift the freeze"
          underWay="Lifting the freeze…"
          action={liftFreezeAction}
          toInput={(reason) => ({ deploymentId: view.id, freezeId: freeze.id, reason })}
          onClose={() => setOpen(false)}
        />
      )}
    </Notice>
  );
}
