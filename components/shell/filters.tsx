import type { ReactNode } from "react";
import { PhoneFolds, type PhoneFold } from "#components/ui/phone-folds.tsx";

/** The filters that an address holds, as a group that a phone folds away. */
export function filtersFold(
  query: Readonly<Record<string, string | undefined>>,
  content: ReactNode,
): PhoneFold {
  const inUse = Object.values(query).filter((value) => value !== undefined && value !== "").length;
  return { label: "Filters", icon: "filter", inUse, content };
}

type FiltersProps = {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly children: ReactNode;
};

/** A page's filters; on a phone they wait behind a button that says how many are in use. */
export function Filters({ query, children }: FiltersProps) {
  return <PhoneFolds folds={[filtersFold(query, children)]} />;
}
