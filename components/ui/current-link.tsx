"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ComponentProps } from "react";
import { asRoute } from "./as-route.ts";

interface CurrentLinkProps extends Omit<ComponentProps<"a">, "href" | "popover"> {
  href: string;
  /** Current on the pages beneath it too. */
  nested?: boolean;
}

/** A link that knows whether the reader is there already, and says so by `aria-current`. */
export function CurrentLink({ href, nested = false, ...rest }: CurrentLinkProps) {
  const pathname = usePathname();
  const path = href.split(/[?#]/, 1)[0] ?? href;
  const isHere = pathname === path || (nested && pathname.startsWith(`${path}/`));
  return (
    <Link
      {...rest}
      href={asRoute(href)}
      aria-current={isHere ? "page" : undefined}
      onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
    />
  );
}
