import type { IconName } from "./icon.tsx";

/** What a colour means here; `neutral` means nothing. Never shown without an icon or a word. */
export type Tone = "neutral" | "done" | "attention" | "blocked" | "waiting" | "void";

export const toneIcon: Record<Tone, IconName> = {
  neutral: "info",
  done: "check",
  attention: "alert",
  blocked: "blocked",
  waiting: "hourglass",
  void: "void",
};

/** Words on the tone's own tinted surface. */
export const toneChip: Record<Tone, string> = {
  neutral: "bg-hover text-ink-muted",
  done: "bg-done-surface text-done-text",
  attention: "bg-attention-surface text-attention-text",
  blocked: "bg-blocked-surface text-blocked-text",
  waiting: "bg-waiting-surface text-waiting-text",
  void: "bg-void-surface text-void-text",
};

/** Words in the tone on any neutral surface. */
export const toneText: Record<Tone, string> = {
  neutral: "text-ink-muted",
  done: "text-done-text",
  attention: "text-attention-text",
  blocked: "text-blocked-text",
  waiting: "text-waiting-text",
  void: "text-void-text",
};
