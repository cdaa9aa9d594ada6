import { partsOf, type Named, type TextPart } from "./mentions.ts";

/** What somebody said: plain text, with addresses as links and names standing out. */
export function CommentText({ text, mentions }: { text: string; mentions: readonly Named[] }) {
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      {partsOf(text, mentions).map((part) => (
        <Part key={part.at} part={part} />
      ))}
    </p>
  );
}

function Part({ part: { kind, text } }: { part: TextPart }) {
  switch (kind) {
    case "plain":
      return text;
    case "mention":
      return (
        <span className="rounded-sm bg-waiting-surface px-0.5 font-medium text-waiting-text">{text}</span>
      );
    case "link":
      return (
        <a href={text} rel="noreferrer noopener" target="_blank" className="underline underline-offset-2">
          {text}
        </a>
      );
  }
}
