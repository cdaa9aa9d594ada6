"use client";

import Form from "next/form";
import { type ComponentProps, type ReactNode, useCallback, useRef } from "react";
import { asRoute } from "./as-route.ts";
import { ButtonLink } from "./button-link.tsx";
import { Button } from "./button.tsx";

type FilterFormProps = {
  /** The page that is filtered. */
  readonly action: string;
  readonly label: string;
  /** Where the page stands without these filters; null while there are none. */
  readonly clear: string | null;
  readonly children: ReactNode;
} & Pick<ComponentProps<"form">, "className">;

/** Filters that stand in the address: what is chosen or dated applies at once, what is sought with Enter. */
export function FilterForm({ action, label, clear, className, children }: FilterFormProps) {
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const attach = useCallback((form: HTMLFormElement) => {
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.type === "search") return;
      clearTimeout(soon.current);
      soon.current = setTimeout(() => applyReadable(form));
    };
    form.addEventListener("change", onChange);
    return () => {
      clearTimeout(soon.current);
      form.removeEventListener("change", onChange);
    };
  }, []);
  return (
    <Form
      ref={attach}
      action={asRoute(action)}
      role="search"
      aria-label={label}
      className={className ?? "flex flex-wrap items-center gap-2"}
      // Enter in a date changes the field and applies by itself.
      onSubmit={() => clearTimeout(soon.current)}
    >
      {children}
      {/* What a phone has unfolded is folded again; without script nothing applies by itself. */}
      <Button type="submit" className="sm:hidden max-sm:not-in-[[data-fold]]:hidden noscript:inline-flex">
        Show
      </Button>
      {clear !== null && (
        <ButtonLink href={clear} variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}

/** Applies what is chosen, unless a field says by then what is wrong with it. */
function applyReadable(form: HTMLFormElement): void {
  if (form.querySelector("[aria-invalid=true]") === null) form.requestSubmit();
}
