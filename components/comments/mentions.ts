/** Somebody who can be named in a text. */
export type Named = { readonly id: string; readonly name: string };

/** A stretch of a text: plain, an address, or somebody's name behind an @. */
export type TextPart = {
  readonly kind: "plain" | "link" | "mention";
  readonly text: string;
  /** Where it begins in the whole. */
  readonly at: number;
};

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/g;

/** Takes a text apart, so that addresses become links and names stand out; nothing else is markup. */
export function partsOf(text: string, named: readonly Named[]): readonly TextPart[] {
  const found = [
    ...[...text.matchAll(ADDRESS)].map(({ 0: address, index }) => partAt("link", address, index)),
    ...mentionsIn(text, named).map(({ name, at }) => partAt("mention", `@${name}`, at)),
  ].toSorted((a, b) => a.at - b.at);
  const parts: TextPart[] = [];
  let end = 0;
  for (const part of found) {
    if (part.at < end) continue;
    if (part.at > end) parts.push(partAt("plain", text.slice(end, part.at), end));
    parts.push(part);
    end = part.at + part.text.length;
  }
  return end < text.length ? [...parts, partAt("plain", text.slice(end), end)] : parts;
}

/** The ids of those whose names stand behind an @ in a text; of two names the longer one. */
export function mentionedIn(text: string, people: readonly Named[]): readonly string[] {
  return [...new Set(mentionsIn(text, people).map(({ id }) => id))];
}

/** What is being typed behind the last @ before the caret; null when no name is. */
export function namePrefix(
  text: string,
  caret: number,
): { readonly at: number; readonly typed: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(text.slice(0, caret));
  const typed = match?.[1];
  return typed === undefined ? null : { at: caret - typed.length - 1, typed };
}

/** Whose names begin so, in whole or from one of their words on. */
export function namesLike(typed: string, people: readonly Named[], most: number): readonly Named[] {
  const wanted = typed.toLocaleLowerCase();
  const fits = ({ name }: Named) =>
    ` ${name.toLocaleLowerCase()}`.includes(` ${wanted}`) && name.toLocaleLowerCase() !== wanted;
  return people.filter(fits).slice(0, most);
}

function mentionsIn(text: string, people: readonly Named[]): readonly (Named & { readonly at: number })[] {
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
  return [...text.matchAll(/@/g)].flatMap(({ index: at }) => {
    const rest = text.slice(at + 1);
    const [first] = longestFirst.filter(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (first === undefined) return [];
    // Two people of one name are both meant.
    return people.filter(({ name }) => name === first.name).map((person) => ({ ...person, at }));
  });
}

function partAt(kind: TextPart["kind"], text: string, at: number): TextPart {
  return { kind, text, at };
}
