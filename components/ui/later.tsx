import { type ComponentType, createElement, lazy, Suspense } from "react";

/** A component whose code is fetched when it is first shown; until then nothing stands in its place. */
export function later<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  const Loaded = lazy<ComponentType<Props>>(load);
  return function Later(props: Props) {
    return <Suspense fallback={null}>{createElement<Props>(Loaded, props)}</Suspense>;
  };
}
