"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { Input } from "./input.tsx";

type FilterSearchProps = Omit<ComponentProps<typeof Input>, "value" | "defaultValue" | "type" | "ref"> & {
  /** As it stands in the address. */
  readonly value: string | undefined;
};

/** The text of a filter: it follows the address, and keeps the focus and what is being typed. */
export function FilterSearch({ value = "", ...rest }: FilterSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const field = input.current;
    if (field !== null && field !== document.activeElement) field.value = value;
  }, [value]);
  return <Input {...rest} ref={input} type="search" defaultValue={value} />;
}
