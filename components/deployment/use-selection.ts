"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

export type Selection = {
  readonly items: ReadonlySet<string>;
  readonly add: (items: readonly string[]) => void;
  readonly toggle: (item: string) => void;
  readonly clear: () => void;
};

/**
 * Items chosen for one change together: Shift with a click takes a range, Ctrl or ⌘ one item, in
 * the order in which the list shows them.
 */
export function useSelection(list: RefObject<HTMLElement | null>): Selection {
  const [items, setItems] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);

  const add = useCallback(
    (more: readonly string[]) => setItems((before) => new Set([...before, ...more])),
    [],
  );
  const toggle = useCallback((item: string) => {
    anchor.current = item;
    setItems((before) => {
      const after = new Set(before);
      if (!after.delete(item)) after.add(item);
      return after;
    });
  }, []);
  const clear = useCallback(() => setItems(new Set()), []);

  useEffect(() => {
    const element = list.current;
    const rowOf = (event: MouseEvent) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-item]") : null;
    const onClick = (event: MouseEvent) => {
      const item = rowOf(event)?.dataset["item"];
      if (item === undefined) return;
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) {
        anchor.current = item;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey && anchor.current !== null) add(range(element, anchor.current, item));
      else toggle(item);
    };
    // A range is no selection of text.
    const onDown = (event: MouseEvent) => {
      if (event.shiftKey && rowOf(event) !== null) event.preventDefault();
    };
    element?.addEventListener("click", onClick, { capture: true });
    element?.addEventListener("mousedown", onDown);
    return () => {
      element?.removeEventListener("click", onClick, { capture: true });
      element?.removeEventListener("mousedown", onDown);
    };
  }, [add, list, toggle]);
  return { items, add, toggle, clear };
}

function range(list: HTMLElement | null, from: string, to: string): readonly string[] {
  const shown = [...(list?.querySelectorAll<HTMLElement>("[data-item]") ?? [])].flatMap(
    ({ dataset: { item } }) => item ?? [],
  );
  const [first, last] = [shown.indexOf(from), shown.indexOf(to)].toSorted((a, b) => a - b);
  return first === undefined || last === undefined || first === -1 ? [to] : shown.slice(first, last + 1);
}
