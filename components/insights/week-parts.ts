/** What became of a week's deployments, from the bottom up. */
export const PARTS = [
  { key: "completed", title: "completed", fill: "text-done" },
  { key: "running", title: "under way", fill: "text-ink-faint" },
  { key: "rolledBack", title: "rolled back or rolling back", fill: "text-attention" },
] as const;
