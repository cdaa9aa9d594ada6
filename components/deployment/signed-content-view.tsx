import type { ReactNode } from "react";
import type { EvidenceContent } from "#lib/domain/evidence.ts";
import type { DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { plural } from "#components/ui/plural.ts";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { formatMoment } from "#components/clock/format-clock.ts";
import { evidenceInWords } from "#lib/domain/evidence-in-words.ts";
import { EvidenceLink, FileLink } from "./evidence-links.tsx";
import { easierTargets, SignedTargets } from "./signed-targets.tsx";

/** What a signature covers, for whoever decides: the metadata, what was waived and why, the evidence. */
export function SignedContentView({ view }: { view: DeploymentView }) {
  const { items, done, waived, overruled, open, later } = partsOf(view);
  const left = view.phases.filter(({ leftIncomplete }) => leftIncomplete);
  const shown = items.filter(({ evidence }) => evidence.some(({ counts }) => counts));
  return (
    <Panel aria-labelledby="signed-content">
      <PanelHeader
        id="signed-content"
        {...(isSigningOver(view)
          ? {
              title: "What the record holds now",
              description: "Each signature names the digest of what stood when it was given.",
            }
          : {
              title: maySignNow(view) ? "What you sign" : "What is signed",
              description: "The digest covers all of this, item by item with who and when.",
            })}
      />
      <PanelBody className="grid gap-5">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4">
          <Fact term="Version" value={view.details.version} mono />
          <Fact term="Commit" value={view.details.commit} mono />
          <Fact term="Environment" value={view.details.environment} />
          <Fact term="Deployer" value={view.details.deployedBy.name} />
          <Fact
            term="Planned for"
            value={formatMoment(Date.parse(view.details.deploymentAt))}
            className="max-sm:col-span-2"
          />
          <Fact term="Ticked" value={plural(done, "item")} />
          <Fact term="Not applicable" value={plural(waived.length, "item")} />
          <Fact term="With evidence" value={plural(shown.length, "item")} />
          {open > 0 && <Fact term="Open before the gate" value={plural(open, "item")} />}
          {later > 0 && <Fact term="In later phases" value={plural(later, "item")} />}
        </dl>
        <SignedTargets slo={view.slo} />
        {waived.length > 0 && (
          <ItemLines
            title="Waived"
            items={waived}
            line={(item) => item.reason ?? "conditional; no reason needed"}
            id={view.id}
          />
        )}
        {overruled.length > 0 && (
          <ItemLines title="Overruled" items={overruled} line={overruledInWords} id={view.id} />
        )}
        {left.length > 0 && (
          <p className="text-sm text-attention-text">
            Left incomplete by break glass: {left.map(({ title }) => title).join(", ")}
          </p>
        )}
        {shown.length > 0 && (
          <ItemLines
            title="With evidence"
            items={shown}
            line={({ evidence }) => {
              const newest = evidence.find(({ counts }) => counts);
              return newest && <EvidenceLine content={newest.content} />;
            }}
            id={view.id}
          />
        )}
      </PanelBody>
    </Panel>
  );
}

/** Whether nobody signs any more: the gate is behind the record, or the record has ended before it. */
export function isSigningOver({ signOff, ended }: DeploymentView): boolean {
  return signOff.passed || ended !== null;
}

/** Whether it is the reader's turn, by a role of their own or in somebody's place. */
export function maySignNow({ signOff: { steps } }: DeploymentView): boolean {
  return steps.some(({ sign, signFor }) => sign.allowed || signFor.some((way) => way.sign.allowed));
}

/** The same in a sentence, for the moment of signing. */
export function signedInShort(view: DeploymentView): string {
  const { items, done, waived, overruled, open, later } = partsOf(view);
  const parts = [
    `${done} ticked`,
    `${waived.length} not applicable`,
    ...(overruled.length > 0 ? [`${overruled.length} overruled`] : []),
    ...(open > 0 ? [`${open} open`] : []),
  ];
  const rest = later > 0 ? ` ${later} more belong to later phases.` : "";
  const easier = easierTargets(view);
  return `Of ${items.length - later} items up to here: ${parts.join(", ")}.${rest}${easier === null ? "" : ` ${easier}`}`;
}

function partsOf({ phases, signOff: { gate } }: DeploymentView) {
  const itemsOf = (some: DeploymentView["phases"]) =>
    some.flatMap(({ sections }) => sections.flatMap((section) => section.items));
  const isOpen = ({ status }: ItemView) => status === "open";
  // At close-out no phase comes after the gate.
  const at = phases.findIndex(({ key }) => key === gate);
  const items = itemsOf(phases);
  return {
    items,
    done: items.filter(({ status }) => status === "done").length,
    waived: items.filter(({ status }) => status === "not-applicable"),
    open: itemsOf(at === -1 ? phases : phases.slice(0, at)).filter(isOpen).length,
    later: at === -1 ? 0 : itemsOf(phases.slice(at)).filter(isOpen).length,
    overruled: items.filter(({ evidence }) => evidence.some((entry) => entry.overruled !== null)),
  };
}

/** Evidence in a few words; what it leads to is opened from here. */
function EvidenceLine({ content }: { content: EvidenceContent }) {
  switch (content.kind) {
    case "link":
      return <EvidenceLink link={content} />;
    case "file":
      return <FileLink file={content} />;
    default:
      return evidenceInWords(content);
  }
}

/** Who let a failing machine count as a pass, and why. */
function overruledInWords({ evidence }: ItemView): string {
  return evidence
    .flatMap(({ content, overruled }) => {
      if (overruled === null) return [];
      const check = content.kind === "check" ? content.title : "The verdict";
      return [`${check} overruled by ${overruled.by.name}: ${overruled.reason}`];
    })
    .join("; ");
}

type FactProps = {
  readonly term: string;
  readonly value: string;
  readonly mono?: boolean;
  readonly className?: string;
};

function Fact({ term, value, mono = false, className }: FactProps) {
  return (
    <div className={className}>
      <dt className="microlabel">{term}</dt>
      <dd className={cn("truncate font-medium", mono && "font-mono")} title={value}>
        {value}
      </dd>
    </div>
  );
}

type ItemLinesProps = {
  readonly title: string;
  readonly items: readonly ItemView[];
  readonly line: (item: ItemView) => ReactNode;
  readonly id: string;
};

function ItemLines({ title, items, line, id }: ItemLinesProps) {
  return (
    <section aria-label={title}>
      <h3 className="microlabel mb-1">{title}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {items.map((item) => (
          <li key={item.key} className="px-3 py-1">
            <a href={`/deployments/${id}#item-${item.key}`} className="inline-block py-0.5 hover:underline">
              {item.title}
            </a>{" "}
            {item.critical && (
              <Badge tone={item.status === "open" ? "attention" : "neutral"} icon={null}>
                critical
              </Badge>
            )}
            <p className="text-sm leading-6 text-ink-muted">{line(item)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
