import { type ComponentProps, useId } from "react";
import { type ButtonLook, buttonVariants } from "./button-variants.ts";
import { cn } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";
import { Tooltip } from "./tooltip.tsx";

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, ButtonLook {
  /** Its action is under way: it keeps its width and takes no second press. */
  pending?: boolean;
  /** What it is doing meanwhile: 'Rolling back…'. */
  pendingWords?: string;
  /** Why it cannot be pressed now. It stays focusable and says so. */
  disabledReason?: string;
}

/** Never `disabled`: a control that may not be used says why, to the pointer and the keyboard. */
export function Button({ disabledReason, ...button }: ButtonProps) {
  const reasonId = useId();
  if (disabledReason === undefined) return <PlainButton {...button} />;
  return (
    <Tooltip id={reasonId} text={disabledReason} className={button.className}>
      <PlainButton {...button} inert className="grow" aria-describedby={reasonId} />
    </Tooltip>
  );
}

interface PlainButtonProps extends Omit<ButtonProps, "disabledReason" | "inert"> {
  inert?: boolean;
}

function PlainButton({
  variant,
  size,
  pending = false,
  pendingWords,
  inert = false,
  className,
  type = "button",
  onClick,
  formAction,
  children,
  ...rest
}: PlainButtonProps) {
  const idle = pending || inert;
  return (
    <button
      {...rest}
      // Not a submit button while idle, so that the form around it cannot be sent by it either.
      type={idle ? "button" : type}
      onClick={idle ? undefined : onClick}
      formAction={idle ? undefined : formAction}
      aria-disabled={idle || undefined}
      aria-busy={pending || undefined}
      className={cn(buttonVariants({ variant, size }), className)}
    >
      {pending && <Spinner className={pendingWords === undefined ? "absolute" : undefined} />}
      <span
        className={cn(
          "inline-flex items-center gap-[inherit]",
          pending && pendingWords === undefined && "opacity-0",
        )}
      >
        {pending ? (pendingWords ?? children) : children}
      </span>
    </button>
  );
}
