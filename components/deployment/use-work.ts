"use client";

import { useCallback, useMemo, useState } from "react";
import { assignItemsAction, setItemsDueAction } from "#lib/actions/assignments.ts";
import { findItemView } from "./find-item-view.ts";
import { useInitialDeployment } from "./initial-deployment.ts";
import { useChange, useCurrent } from "./use-deployment.ts";
import type { Undo } from "./use-undo.ts";

export type Work = {
  /** Why the last one was refused; until the next. */
  readonly refusal: string | null;
  /** Gives items to somebody, or with null to nobody; all of them or none. */
  readonly assign: (items: readonly string[], ownerId: string | null) => Promise<void>;
  /** Sets when items are due; with null their phase says it again. */
  readonly setDue: (items: readonly string[], dueAt: string | null) => Promise<void>;
};

/** Who does what by when, from wherever it is set on this page. */
export function useWork(offerUndo: (undo: Undo) => void): Work {
  const { id: deploymentId } = useInitialDeployment();
  const change = useChange();
  const current = useCurrent();
  const [refusal, setRefusal] = useState<string | null>(null);

  const assign = useCallback(
    async (items: readonly string[], ownerId: string | null) => {
      const view = current();
      const before = Map.groupBy(items, (item) => findItemView(view, item)?.owner?.id ?? null);
      const result = await change(assignItemsAction, { deploymentId, items, ownerId });
      setRefusal(result.ok ? null : result.message);
      if (!result.ok) return;
      const run = async () => {
        for (const [owner, theirs] of before)
          await change(assignItemsAction, { deploymentId, items: theirs, ownerId: owner });
      };
      const words = items.length === 1 ? "Assigned" : `${items.length} items assigned`;
      offerUndo({ items, words, run: () => void run() });
    },
    [change, current, deploymentId, offerUndo],
  );
  const setDue = useCallback(
    async (items: readonly string[], dueAt: string | null) => {
      const result = await change(setItemsDueAction, { deploymentId, items, dueAt });
      setRefusal(result.ok ? null : result.message);
    },
    [change, deploymentId],
  );
  return useMemo(() => ({ refusal, assign, setDue }), [refusal, assign, setDue]);
}
