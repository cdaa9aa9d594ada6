"use client";

import { type ComponentProps, type FocusEvent, useCallback, useId, useRef, useState } from "react";
import { fill, tellReact } from "#components/forms/form-fields.ts";
import type { Typed } from "#lib/domain/typed-dates.ts";
import { BrowsersPicker } from "./browsers-picker.tsx";
import { cn } from "./class-names.ts";
import { FieldError } from "./field-error.tsx";
import { controlLook } from "./input.tsx";

/** How a value is written for people, read from what they type, and given to the browser's own picker. */
export type Wording = {
  readonly picker: "date" | "datetime-local";
  readonly read: (text: string) => Typed<string>;
  readonly write: (value: string) => string;
  readonly forPicker: (value: string) => string;
};

export interface PickedInputProps extends Omit<
  ComponentProps<"input">,
  "type" | "value" | "defaultValue" | "ref" | "onBlur" | "onFocus"
> {
  /** Called with the value (null: none that can be read) when the focus leaves text and picker. */
  onLeave?: (value: string | null) => void;
}

interface WordedInputProps extends PickedInputProps {
  wording: Wording;
  /** The value at first. */
  initial: string | undefined;
  /** Whose clocks or days these are, beside the text. */
  zone: string | undefined;
}

/**
 * A text field that shows a date in the product's own words and reads what people type. The data of its
 * form holds the value itself, ISO 8601; text that cannot be read stays as it is, for the server to refuse.
 */
export function PickedInput({ wording, initial, zone, onLeave, className, ...control }: WordedInputProps) {
  const { name } = control;
  const ownId = useId();
  const input = useRef<HTMLInputElement>(null);
  const hasFocus = useRef(false);
  const [why, setWhy] = useState<string | null>(null);

  const attach = useCallback(
    (element: HTMLInputElement) => {
      input.current = element;
      // A field that got another value is another element, which the hand stays on.
      if (hasFocus.current) element.focus();
      const { form } = element;
      const onFormData = ({ formData }: FormDataEvent) => {
        const typed = wording.read(element.value);
        if (name !== undefined && typed.ok) formData.set(name, typed.value);
      };
      form?.addEventListener("formdata", onFormData);
      return () => form?.removeEventListener("formdata", onFormData);
    },
    [name, wording],
  );
  const tidy = ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
    hasFocus.current = false;
    const typed = wording.read(currentTarget.value);
    setWhy(typed.ok || currentTarget.value.trim() === "" ? null : typed.why);
    if (typed.ok) typeInto(currentTarget, wording.write(typed.value));
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (currentTarget.contains(relatedTarget)) return;
    const typed = wording.read(input.current?.value ?? "");
    onLeave?.(typed.ok ? typed.value : null);
  };
  const valueForPicker = () => {
    const typed = wording.read(input.current?.value ?? "");
    return typed.ok ? wording.forPicker(typed.value) : "";
  };
  const takePicked = (value: string) => {
    const picked = wording.read(value);
    setWhy(null);
    if (input.current !== null) typeInto(input.current, picked.ok ? wording.write(picked.value) : "");
  };

  const said = why !== null && control["aria-invalid"] !== true;
  const zoneId = `${ownId}-zone`;
  const errorId = `${ownId}-error`;
  const describedBy = [control["aria-describedby"], zone && zoneId, said && errorId].filter(Boolean);
  return (
    <div className={cn("grid min-w-0 gap-1", className)} onBlur={leave}>
      <div
        className={cn(
          controlLook,
          "relative flex h-8 items-center pr-0.5 pl-0 pointer-coarse:h-11 has-aria-invalid:border-blocked",
          "outline-offset-2 outline-focus has-[input:focus-visible]:outline-2",
        )}
      >
        <input
          {...control}
          key={initial}
          ref={attach}
          type="text"
          defaultValue={initial && wording.write(initial)}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={describedBy.join(" ") || undefined}
          aria-invalid={control["aria-invalid"] ?? (said || undefined)}
          className={cn(
            "h-full w-0 grow bg-transparent pl-2.5 tabular-nums outline-none placeholder:text-ink-faint",
            // Where both have no room, the name of the zone gives way, not the time.
            wording.picker === "date" ? "min-w-24" : "min-w-35",
          )}
          onFocus={() => (hasFocus.current = true)}
          onBlur={tidy}
        />
        {zone && (
          <span id={zoneId} title={zone} className="max-w-20 truncate pr-1 pl-2 text-sm text-ink-faint">
            <span className="sr-only">Time zone {zone}</span>
            <span aria-hidden="true">{zone.split("/").at(-1)?.replaceAll("_", " ")}</span>
          </span>
        )}
        <BrowsersPicker kind={wording.picker} onOpen={valueForPicker} onPick={takePicked} />
      </div>
      <FieldError id={errorId}>{said ? why : undefined}</FieldError>
    </div>
  );
}

function typeInto(field: HTMLInputElement, text: string): void {
  if (field.value === text) return;
  fill(field, text);
  tellReact(field);
}
