import type { ActionFailure } from "#lib/actions/action-result.ts";
import { Notice } from "#components/ui/notice.tsx";

/** Why a form was refused, where its own fields do not say it already. */
export function FailureNotice({ failure }: { failure: ActionFailure | null }) {
  if (failure === null) return null;
  return (
    <Notice tone="blocked" announce title={failure.message}>
      {failure.blockers.length > 0 && (
        <ul className="list-inside list-disc">
          {failure.blockers.slice(0, 8).map((blocker) => (
            <li key={`${blocker.code}${blocker.item ?? blocker.role ?? ""}`}>{blocker.message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
