"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { z } from "zod/mini";
import type { IconName } from "#components/ui/icon.tsx";
import type { NavItem } from "./nav-item.ts";

/** One line of the palette; without an address it opens the keyboard map. */
export type Command = {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly keys: readonly string[];
  readonly icon: IconName;
  readonly href: string | null;
};

export type CommandGroup = { readonly title: string; readonly items: readonly Command[] };

const MOST = 8;
const RECENT = 5;
const KEYS: Command = {
  id: "keys",
  label: "Keyboard shortcuts",
  detail: "",
  keys: ["?"],
  icon: "keyboard",
  href: null,
};

/** What fits the text: deeds and places by their name, deployments as the server finds them. */
export function useCommands(text: string, places: readonly NavItem[], deeds: readonly NavItem[]) {
  const search = useSettled(text.trim());
  const { data, isError, isFetching, isPending } = useQuery({
    queryKey: ["palette", search],
    queryFn: ({ signal }) => findDeployments(search, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const wanted = text.trim().toLowerCase();
  const fitting = (commands: readonly Command[]) =>
    commands.filter(({ label }) => label.toLowerCase().includes(wanted));
  const actions = { title: "Actions", items: fitting(deeds.map(commandOf)) };
  const deployments = { title: search === "" ? "Newest deployments" : "Deployments", items: data ?? [] };
  const goTo = { title: "Go to", items: fitting([...places.map(commandOf), KEYS]) };
  // What comes from the server comes later, and must not push away what is there: places wait for it.
  const waits = wanted === "" && isPending;
  const groups = (waits ? [actions] : [actions, deployments, goTo]).filter(({ items }) => items.length > 0);
  if (waits) return { groups, state: "waiting" } as const;
  const found = groups.length === 0 && !isFetching ? "nothing" : "ready";
  return { groups, state: isError ? "failed" : found } as const;
}

// Asked once the typing pauses, not at each key.
const PAUSE_MS = 120;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function commandOf({ href, label, icon, key }: NavItem): Command {
  return { id: href, label, detail: "", keys: key === undefined ? [] : ["g", key], icon, href };
}

const found = z.object({
  deployments: z.array(
    z.object({ id: z.string(), service: z.string(), version: z.string(), environment: z.string() }),
  ),
});

async function findDeployments(search: string, signal: AbortSignal): Promise<readonly Command[]> {
  const query = new URLSearchParams({
    limit: String(search === "" ? RECENT : MOST),
    ...(search === "" ? {} : { search }),
  });
  const answer = await fetch(`/api/v1/deployments?${query}`, { signal });
  if (!answer.ok) throw new Error(`the search was answered ${answer.status}`);
  return found.parse(await answer.json()).deployments.map(({ id, service, version, environment }) => ({
    id,
    label: `${service} ${version}`,
    detail: environment,
    keys: [],
    icon: "deploy",
    href: `/deployments/${id}`,
  }));
}
