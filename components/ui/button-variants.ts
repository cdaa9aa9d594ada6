import { cva, type VariantProps } from "class-variance-authority";

/** The look shared by buttons and by links that act like one. */
export const buttonVariants = cva(
  [
    "touch-target relative inline-flex items-center justify-center rounded-md border font-medium",
    "whitespace-nowrap select-none transition-colors",
    // While its action runs a button keeps its look; one that may not be pressed loses it.
    "aria-disabled:cursor-not-allowed aria-busy:cursor-progress",
    "aria-disabled:not-aria-busy:bg-transparent aria-disabled:not-aria-busy:text-ink-faint",
  ],
  {
    variants: {
      variant: {
        primary: [
          "border-transparent bg-action text-on-action not-aria-disabled:hover:bg-action-hover",
          "aria-disabled:not-aria-busy:border-line",
        ],
        secondary: [
          "border-line-strong bg-raised text-ink not-aria-disabled:hover:bg-hover",
          "aria-disabled:not-aria-busy:border-line",
        ],
        ghost:
          "border-transparent text-ink-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink",
        danger: [
          "border-transparent bg-blocked text-on-solid not-aria-disabled:hover:bg-blocked-text",
          "aria-disabled:not-aria-busy:border-line",
        ],
        "danger-outline": [
          "border-blocked-border bg-raised text-blocked-text not-aria-disabled:hover:bg-blocked-surface",
          "aria-disabled:not-aria-busy:border-line",
        ],
        link: "border-transparent text-ink underline decoration-line-strong underline-offset-4 not-aria-disabled:hover:decoration-ink",
      },
      size: {
        sm: "h-7 gap-1 px-2 text-sm",
        md: "h-8 gap-1.5 px-3 text-base pointer-coarse:min-h-11",
        lg: "h-10 gap-2 px-4 text-base pointer-coarse:min-h-11",
        icon: "size-8 pointer-coarse:size-11",
        "icon-sm": "size-7",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonLook = VariantProps<typeof buttonVariants>;
