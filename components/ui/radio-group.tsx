import { type ReactNode, useId } from "react";
import { Choice } from "./choice.tsx";
import { FieldError } from "./field-error.tsx";
import { radioLook } from "./radio-look.ts";

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
}

interface RadioGroupProps {
  name: string;
  label: ReactNode;
  options: readonly RadioOption[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  error?: string;
  className?: string;
}

/** Native radios in a fieldset; works in a plain form without `onValueChange`. */
export function RadioGroup({
  name,
  label,
  options,
  defaultValue,
  value,
  onValueChange,
  error,
  className,
}: RadioGroupProps) {
  const errorId = useId();
  return (
    <fieldset className={className} aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="grid gap-2">
        {options.map((option) => (
          <Choice
            key={option.value}
            label={option.label}
            hint={option.hint}
            control={(ids) => (
              <input
                {...ids}
                type="radio"
                name={name}
                value={option.value}
                defaultChecked={value === undefined ? option.value === defaultValue : undefined}
                checked={value === undefined ? undefined : option.value === value}
                onChange={onValueChange && ((event) => onValueChange(event.target.value))}
                className={radioLook}
              />
            )}
          />
        ))}
      </div>
      <FieldError id={errorId} className="mt-1">
        {error}
      </FieldError>
    </fieldset>
  );
}
