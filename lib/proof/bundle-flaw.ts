/** What is wrong with a bundle that can be read: the first thing, in the order of docs/bundle-format.md. */
export type BundleFlaw = {
  readonly code:
    | "key"
    | "event-missing"
    | "event-hash"
    | "event-form"
    | "event-place"
    | "event-link"
    | "head"
    | "checkpoint"
    | "inclusion"
    | "stone"
    | "signed-content"
    | "assertion"
    | "file"
    | "signature";
  /** The event that it shows at; null when it is about the bundle as a whole. */
  readonly seq: number | null;
  readonly message: string;
};

/** An event of a bundle whose text has been held against its hash and place. */
export type OpenedEvent = {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly data: Readonly<Record<string, unknown>>;
};
