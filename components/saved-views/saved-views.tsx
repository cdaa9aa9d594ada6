"use client";

import { later } from "#components/ui/later.tsx";
import Link from "next/link";
import { useState } from "react";
import { deleteViewAction } from "#lib/actions/saved-views.ts";
import type { ViewPage } from "#lib/domain/inputs/saved-views.ts";
import type { SavedView } from "#lib/queries/saved-views.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu } from "#components/ui/menu.tsx";

const ViewNameDialog = later(() => import("./view-name-dialog.tsx"));

type SavedViewsProps = {
  readonly page: ViewPage;
  readonly views: readonly SavedView[];
  /** The filters that are set now, as in the address; empty when none are. */
  readonly query: string;
};

type Open = { readonly kind: "save" } | { readonly kind: "rename"; readonly view: SavedView } | null;

const PATHS: Readonly<Record<ViewPage, string>> = { board: "/deployments", history: "/history" };

/** A person's own views of a page: tabs of filters, kept, renamed and deleted here. */
export function SavedViews({ page, views, query }: SavedViewsProps) {
  const [open, setOpen] = useState<Open>(null);
  const { run, failure, forget } = usePageChange();
  const current = views.find((view) => view.query === query);
  const path = PATHS[page];
  if (views.length === 0 && query === "") return null;
  return (
    <nav aria-label="Saved views" className="flex flex-wrap items-center gap-1">
      <ViewLink href={path} name="All" current={query === ""} />
      {views.map((view) => (
        <ViewLink key={view.id} href={`${path}?${view.query}`} name={view.name} current={view === current} />
      ))}
      {current !== undefined && (
        <Menu
          label={`Actions for the view ${current.name}`}
          size="icon-sm"
          entries={[
            { label: "Rename…", icon: "edit", onSelect: () => setOpen({ kind: "rename", view: current }) },
            {
              label: "Delete the view",
              icon: "remove",
              danger: true,
              onSelect: () => void run(deleteViewAction, { viewId: current.id }),
            },
          ]}
        />
      )}
      {query !== "" && current === undefined && (
        <Button size="sm" variant="ghost" onClick={() => setOpen({ kind: "save" })}>
          <Icon name="plus" />
          Save this view
        </Button>
      )}
      {open !== null && (
        <ViewNameDialog
          view={open.kind === "rename" ? open.view : null}
          page={page}
          query={query}
          onClose={() => setOpen(null)}
        />
      )}
      <RefusalDialog failure={failure} onClose={forget} />
    </nav>
  );
}

function ViewLink({ href, name, current }: { href: string; name: string; current: boolean }) {
  return (
    <Link
      href={asRoute(href)}
      aria-current={current ? "page" : undefined}
      className="touch-target relative flex h-7 max-w-60 items-center truncate rounded-md px-2.5 font-medium text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink"
    >
      {name}
    </Link>
  );
}
