"use client";

import type { RoleHolders } from "#lib/queries/role-holders.ts";
import { useDeployment } from "#components/deployment/use-deployment.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { awaitedPeople } from "./awaited-people.ts";

const SHOWN = 6;

/** Whose turn it is, by name. */
export function AwaitedPanel({ holders }: { holders: RoleHolders }) {
  const awaited = awaitedPeople(useDeployment(), holders);
  return (
    <Panel aria-labelledby="awaited">
      <PanelHeader id="awaited" title={awaited.length === 0 ? "Nobody is awaited" : "Whose turn it is"} />
      {awaited.length > 0 && (
        <ul className="divide-y divide-line">
          {awaited.slice(0, SHOWN).map(({ what, names }) => (
            <li key={`${what} ${names.join()}`} className="flex items-start gap-2 px-4 py-2">
              <Icon name="hourglass" className="mt-0.5 size-4 text-waiting-text" />
              <p className="min-w-0">
                <span className="text-lg font-semibold">
                  {names.length === 0 ? "Nobody" : names.join(", ")}
                </span>
                <span className="block text-ink-muted">
                  {what}
                  {names.length === 0 && "; nobody who may holds the role"}
                </span>
              </p>
            </li>
          ))}
          {awaited.length > SHOWN && (
            <li className="px-4 py-2 text-ink-muted">and {awaited.length - SHOWN} more</li>
          )}
        </ul>
      )}
    </Panel>
  );
}
