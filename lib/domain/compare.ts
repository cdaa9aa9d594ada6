import type { Checklist, Deployment, Instant, ItemState } from "./deployment.ts";
import { allItems } from "./checklist.ts";
import { evidenceInWords } from "./evidence-in-words.ts";
import { isSloMetric, SLO_METRICS } from "./slo.ts";
import { minuteInWords, secondInWords } from "./time.ts";
import { STATUS_TITLES, statusOf } from "./status.ts";

export const COMPARED = [
  "Record",
  "Details",
  "Phases",
  "Items",
  "Owners",
  "Evidence",
  "Comments",
  "Approvals",
] as const;

/** One thing that differs between two moments, in words; null where it was not there. */
export type Difference = {
  readonly part: (typeof COMPARED)[number];
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Everything that differs between two states of one record, part by part. */
export function differences(before: Deployment, after: Deployment): readonly Difference[] {
  return COMPARED.flatMap((part) => {
    const [was, is] = [FACTS[part](before), FACTS[part](after)];
    const keys = [...new Set([...was.keys(), ...is.keys()])];
    return keys.flatMap((key) => {
      const [old, now] = [was.get(key), is.get(key)];
      const title = (now ?? old)?.title ?? key;
      return old?.words === now?.words
        ? []
        : [{ part, title, before: old?.words ?? null, after: now?.words ?? null }];
    });
  });
}

type Facts = ReadonlyMap<string, { readonly title: string; readonly words: string }>;

const FACTS: Readonly<Record<(typeof COMPARED)[number], (deployment: Deployment) => Facts>> = {
  Record: ({ ...deployment }) =>
    facts([
      ["State", STATUS_TITLES[statusOf(deployment)]],
      ["T-0", deployment.t0At && secondInWords(deployment.t0At)],
      ["Rollback", deployment.rollback && `${deployment.rollback.by.name}: ${deployment.rollback.reason}`],
      [
        "Legal hold",
        deployment.legalHold && `${deployment.legalHold.by.name}: ${deployment.legalHold.reason}`,
      ],
      ...deployment.breakGlass.map(
        ({ title, reason, confirmed, used, review }) =>
          [
            `Break glass before ${title}`,
            [reason, confirmed && "confirmed", used && "used", review && review.conclusion]
              .filter(Boolean)
              .join("; "),
          ] as const,
      ),
    ]),
  Details: ({ details }) =>
    facts([
      ["Version", details.version],
      ["Commit", details.commit],
      ["Environment", details.environment],
      ["Deployment date", momentInWords(details.deploymentAt)],
      ["Deployed by", details.deployedBy.name],
      ["Links", details.links.map(({ title, url }) => `${title} (${url})`).join(", ") || null],
      ...Object.entries(details.slo).map(([metric, target]) => targetInWords(metric, target)),
    ]),
  Phases: ({ checklist, phases }) =>
    facts(
      [...checklist.phases, checklist.rollback].map(({ key, title }) => {
        const { started = null, completed = null } = phases[key] ?? {};
        const words =
          completed === null ? started && `begun by ${started.by.name}` : `completed by ${completed.by.name}`;
        return [title, words] as const;
      }),
    ),
  Items: ({ checklist, items }) =>
    new Map(
      allItems(checklist).flatMap(({ item: { key, title } }) => {
        return [[key, { title, words: stateInWords(items[key]) }] as const];
      }),
    ),
  Owners: ({ checklist, owners, dues }) =>
    new Map(
      allItems(checklist).flatMap(({ item: { key, title } }) => {
        const due = dues[key] === undefined ? null : `due on ${minuteInWords(dues[key])}`;
        const words = [owners[key]?.name, due].filter(Boolean).join(", ");
        return words === "" ? [] : [[key, { title, words }] as const];
      }),
    ),
  Comments: ({ checklist, comments }) => {
    const titles = titlesOf(checklist);
    return new Map(
      comments.map(({ id, itemKey, text, added, deleted }) => {
        const said = `${added.by.name}: “${text}”`;
        const words = deleted === null ? said : `deleted by ${deleted.by.name}`;
        return [
          id,
          { title: itemKey === null ? "On the record" : (titles.get(itemKey) ?? itemKey), words },
        ] as const;
      }),
    );
  },
  Evidence: ({ checklist, evidence }) => {
    const titles = titlesOf(checklist);
    return new Map(
      evidence.map(({ id, itemKey, content, recorded, overruled }) => {
        const over = overruled === null ? "" : `; overruled by ${overruled.by.name}: ${overruled.reason}`;
        const words = `${evidenceInWords(content)}, by ${recorded.by.name}${over}`;
        return [id, { title: titles.get(itemKey) ?? itemKey, words }] as const;
      }),
    );
  },
  Approvals: ({ approvals, checklist }) =>
    new Map(
      approvals.map(({ seq, role, round, decision, signed, comment, voided }) => {
        const title = checklist.signOff.steps.find((step) => step.role === role)?.title ?? role;
        const said = comment === null ? "" : `: “${comment}”`;
        const end = voided === null ? "" : `; void: ${voided.cause}`;
        return [
          String(seq),
          { title: `${title}, round ${round}`, words: `${decision} by ${signed.by.name}${said}${end}` },
        ];
      }),
    ),
};

function titlesOf(checklist: Checklist): ReadonlyMap<string, string> {
  return new Map(allItems(checklist).map(({ item }) => [item.key, item.title]));
}

function facts(entries: readonly (readonly [string, string | null])[]): Facts {
  return new Map(
    entries.flatMap(([title, words]) => (words === null ? [] : [[title, { title, words }] as const])),
  );
}

function stateInWords(state: ItemState | undefined): string {
  switch (state?.status) {
    case "done":
      return `ticked by ${state.settled.by.name}`;
    case "not-applicable":
      return `not applicable, by ${state.settled.by.name}${state.reason === null ? "" : `: ${state.reason}`}`;
    default:
      return "open";
  }
}

function targetInWords(metric: string, target: number): readonly [string, string] {
  if (!isSloMetric(metric)) return [`SLO ${metric}`, String(target)];
  const { title, unit } = SLO_METRICS[metric];
  return [`SLO ${title}`, `${target} ${unit}`];
}

/** In words where they say all of it: a change of seconds is not to be missed. */
function momentInWords(instant: Instant): string {
  return instant.endsWith(":00.000Z") ? minuteInWords(instant) : instant;
}
