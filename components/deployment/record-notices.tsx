"use client";

import { formatMoment } from "#components/clock/format-clock.ts";
import { FreezeNotices } from "#components/freezes/freeze-notices.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useDeployment } from "./use-deployment.ts";

/** What stands above every tab of a record that a freeze stops, or whose content is kept by a hold, or gone. */
export function RecordNotices() {
  const view = useDeployment();
  const { legalHold, rollback, stoneSeq } = view;
  return (
    <>
      <FreezeNotices view={view} />
      {rollback !== null && view.ended === null && (
        <Notice tone="blocked" icon="rollback" title={rollback.triggered.reason}>
          {rollback.triggered.by.name} triggered the rollback,{" "}
          {formatMoment(Date.parse(rollback.triggered.at))}.
        </Notice>
      )}
      {legalHold !== null && (
        <Notice tone="waiting" icon="lock" title="Under legal hold: nothing of this record is removed">
          {legalHold.by.name}, {formatMoment(Date.parse(legalHold.at))}: “{legalHold.reason}”
        </Notice>
      )}
      {stoneSeq !== null && (
        <Notice tone="void" icon="remove" title="The content of this record has been removed">
          The retention span was over. Stone {stoneSeq} of the installation’s history says when and by whom;
          every event’s hash stays, under History, and a signed bundle shows what is left.
        </Notice>
      )}
    </>
  );
}
