"use client";

import { bareTickAction, emptyAction } from "./actions.ts";

/** Keeps the two actions in the build. */
export function TickButtons() {
  return (
    <>
      <button onClick={() => void emptyAction()}>Nothing</button>
      <button onClick={() => void bareTickAction(0, 0)}>Tick</button>
    </>
  );
}
