"use client";

import Form from "next/form";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { asRoute } from "./as-route.ts";

type FilterFormProps = {
  /** The page that is filtered. */
  readonly action: string;
  readonly label: string;
  readonly children: ReactNode;
} & Pick<ComponentProps<"form">, "className">;

/** Filters that stand in the address: what is chosen applies at once, what is typed with Enter. */
export function FilterForm({ action, label, className, children }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <Form
      ref={form}
      action={asRoute(action)}
      role="search"
      aria-label={label}
      className={className ?? "flex flex-wrap items-center gap-2"}
      onChange={(event) => event.target instanceof HTMLSelectElement && form.current?.requestSubmit()}
    >
      {children}
    </Form>
  );
}
