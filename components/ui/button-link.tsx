import Link from "next/link";
import type { ComponentProps } from "react";
import { asRoute } from "./as-route.ts";
import { type ButtonLook, buttonVariants } from "./button-variants.ts";
import { cn } from "./class-names.ts";

interface ButtonLinkProps extends Omit<ComponentProps<"a">, "href" | "popover" | "onNavigate">, ButtonLook {
  href: string;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ href, variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} href={asRoute(href)} className={cn(buttonVariants({ variant, size }), className)} />;
}
