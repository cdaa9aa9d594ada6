import { placeOf, remarkWith, tell, type Telling } from "#lib/domain/telling.ts";
import { subjectOf, type Told, type ToldRecord } from "#lib/db/tellings.ts";
import { canonicalOrigin } from "#lib/env.ts";
import type { Mail } from "./mail.ts";

/** All that a mail program may begin a new line at. */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** What is left to tell of: the content has not been removed. */
export type News = { readonly record: ToldRecord | null; readonly telling: Telling };

export function newsIn(told: readonly Told[]): readonly News[] {
  return told.flatMap(({ record, telling }) => (telling === null ? [] : [{ record, telling }]));
}

/** One piece of news as a mail. */
export function mailOf(news: News): Pick<Mail, "subject" | "text" | "html"> {
  return { subject: `${titleOf(news.record)}: ${tell(news.telling)}`, ...bodyOf([news]) };
}

/** The news of a day as one mail. */
export function digestOf(day: string, news: readonly News[]): Pick<Mail, "subject" | "text" | "html"> {
  const count = news.length === 1 ? "1 notification" : `${news.length} notifications`;
  return { subject: `Countersign, ${day}: ${count}`, ...bodyOf(news) };
}

function bodyOf(news: readonly News[]): Pick<Mail, "text" | "html"> {
  const choose = `${canonicalOrigin()}/account/notifications`;
  const paragraphs = news.map(({ record, telling }) => ({
    title: titleOf(record),
    told: tell(telling),
    remark: remarkWith(telling)?.split(LINE_BREAK) ?? [],
    href: canonicalOrigin() + placeOf(telling, record?.id ?? null),
  }));
  // What somebody wrote stands quoted, so that it reads like nothing of ours.
  const text = paragraphs
    .map(({ title, told, remark, href }) =>
      [title, told, ...remark.map((line) => `> ${line}`), href].join("\n"),
    )
    .join("\n\n");
  const html = paragraphs
    .map(
      ({ title, told, remark, href }) =>
        `<p><strong>${inHtml(title)}</strong><br>${inHtml(told)}</p>${quoteInHtml(remark)}<p><a href="${inHtml(href)}">Open in Countersign</a></p>`,
    )
    .join("\n");
  return {
    text: `${text}\n\n--\nNotification settings: ${choose}\n`,
    html: `${html}\n<p><a href="${inHtml(choose)}">Notification settings</a></p>`,
  };
}

function quoteInHtml(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `<blockquote>${lines.map(inHtml).join("<br>")}</blockquote>`;
}

function titleOf(record: ToldRecord | null): string {
  return record === null ? subjectOf(record) : `${subjectOf(record)} (${record.environment})`;
}

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
