import type { ActionFailure } from "#lib/actions/action-result.ts";
import { SignInAgain } from "#components/live/sign-in-again.tsx";
import { Notice } from "#components/ui/notice.tsx";

const SHOWN = 8;

/** Why something was refused, in sight: the sentence, and what there is to it. */
export function FailureNotice({ failure }: { failure: ActionFailure | null }) {
  if (failure === null) return null;
  const { code, message, blockers, fields } = failure;
  if (code === "signed-out")
    return (
      <div ref={bringIntoSight} className="scroll-my-6">
        <Notice tone="attention" icon="sign-out" title="Not sent yet.">
          <SignInAgain />
        </Notice>
      </div>
    );
  const lines = [...blockers.map((blocker) => blocker.message), ...Object.values(fields)];
  return (
    <div ref={bringIntoSight} className="scroll-my-6">
      <Notice tone="blocked" announce title={message}>
        {lines.length > 0 && (
          <ul className="list-inside list-disc">
            {[...new Set(lines)].slice(0, SHOWN).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}

function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
