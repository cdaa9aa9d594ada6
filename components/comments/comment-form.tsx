"use client";

import type { Action } from "#components/forms/call-action.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import { usePeople } from "#components/deployment/use-people.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { mentionedIn } from "./mentions.ts";
import { MentionField } from "./mention-field.tsx";

type CommentFormProps = {
  /** Names the draft that is kept while it is not sent. */
  readonly draft: string;
  readonly label: string;
  readonly submit: string;
  /** What it says before an edit. */
  readonly text?: string;
  readonly action: Action<unknown>;
  /** What goes along besides the text and whom it names. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly onDone: () => Promise<void>;
  readonly onCancel?: () => void;
};

/** Says something, or says it differently. */
export function CommentForm(props: CommentFormProps) {
  const { draft, label, submit, text, action, about, onDone, onCancel } = props;
  const people = usePeople();
  const { attach, forget } = useDraft(draft);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action,
    toInput: (values) => {
      const said = textOf(values, "text");
      return { ...about, text: said, mentions: mentionedIn(said, people) };
    },
    onDone: async (_value, form) => {
      forget();
      form.reset();
      await onDone();
    },
  });
  return (
    <form ref={attach} onSubmit={onSubmit} noValidate className="grid gap-2">
      <Field label={label} required error={errorOf("text")} hint="@ and a name tells somebody of it.">
        {(control) => <MentionField {...control} name="text" defaultValue={text} />}
      </Field>
      <FailureNotice failure={failure} />
      <div className="flex gap-2">
        <Button type="submit" pending={pending}>
          {submit}
        </Button>
        {onCancel && (
          <Button
            variant="ghost"
            onClick={() => {
              forget();
              onCancel();
            }}
          >
            Leave it
          </Button>
        )}
      </div>
    </form>
  );
}
