"use client";

import { type ComponentType, createElement, lazy, Suspense, useState } from "react";
import { NotLoaded } from "./not-loaded.tsx";

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>;

/**
 * A component whose code is fetched when it is first shown; until then nothing stands in its place. Where
 * it does not come, offline or from a server that was updated meanwhile, the page says so and tries again.
 */
export function later<Props extends object>(load: Load<Props>) {
  let latest = attempt(load);
  return function Later(props: Props) {
    const [loaded, setLoaded] = useState(() => latest);
    const again = async () => {
      const { default: Component } = await load();
      latest = attempt(async () => ({ default: Component }));
      setLoaded(latest);
    };
    return (
      <Suspense fallback={null}>{createElement(loaded.Component, { shown: props, onAgain: again })}</Suspense>
    );
  };
}

type Attempt<Props> = { readonly Component: ComponentType<Shown<Props>> };
type Shown<Props> = { readonly shown: Props; readonly onAgain: () => Promise<void> };

function attempt<Props extends object>(load: Load<Props>): Attempt<Props> {
  return {
    Component: lazy<ComponentType<Shown<Props>>>(async () => {
      const loaded = await load().catch(() => null);
      return {
        default: ({ shown, onAgain }) =>
          loaded === null ? <NotLoaded onAgain={onAgain} /> : createElement<Props>(loaded.default, shown),
      };
    }),
  };
}
