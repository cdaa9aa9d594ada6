import { Fragment } from "react";
import type { EndpointDescription, EndpointSection, FieldDescription } from "#lib/api/describe-endpoints.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

/** Every endpoint by subject: what it takes, what it needs, and how to call it. */
export function EndpointReference({ sections }: { sections: readonly EndpointSection[] }) {
  return (
    <>
      <nav aria-label="Subjects" className="flex flex-wrap gap-x-4 gap-y-1">
        {sections.map(({ title }) => (
          <a
            key={title}
            href={`#${anchorOf(title)}`}
            className="touch-target underline decoration-line-strong underline-offset-2"
          >
            {title}
          </a>
        ))}
      </nav>
      {sections.map(({ title, endpoints }) => (
        <Panel key={title} aria-labelledby={anchorOf(title)}>
          <PanelHeader id={anchorOf(title)} title={title} />
          <ul className="divide-y divide-line">
            {endpoints.map((endpoint) => (
              <li key={endpoint.id} id={endpoint.id} className="px-4 py-4">
                <EndpointEntry endpoint={endpoint} />
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </>
  );
}

function EndpointEntry({ endpoint }: { endpoint: EndpointDescription }) {
  const { method, path, summary, description, scopes, query, body, uploads, example } = endpoint;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="min-w-0">
        <h3 className="font-mono font-semibold break-words">
          <span className="mr-1 inline-block rounded-sm border border-line-strong px-1.5 text-sm">
            {method}
          </span>{" "}
          {path.split(/(?<=\/)/).map((part, index) => (
            <Fragment key={index}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </h3>
        <p className="mt-1">{summary}</p>
        {description !== null && (
          <p className="mt-1 text-ink-muted">
            <Prose text={description} />
          </p>
        )}
        <p className="mt-2 flex flex-wrap items-center gap-1.5 text-sm text-ink-faint">
          {scopes.length === 1 ? "Scope" : "Any of the scopes"}{" "}
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </p>
        <FieldList title="Query" fields={query} />
        <FieldList title="Body" fields={body} />
        {uploads && (
          <p className="mt-2 text-sm text-ink-muted">Or the bytes of a file or report, up to 20 MB.</p>
        )}
      </div>
      <div className="min-w-0 self-start rounded-md border border-line bg-sunken">
        <div className="flex items-center justify-between border-b border-line py-1 pr-1 pl-3">
          <span className="microlabel">Example</span>
          <CopyButton value={example} shown="Copy" label={`call of ${summary}`} />
        </div>
        <pre
          tabIndex={0}
          aria-label={`How to call: ${summary}`}
          className="p-3 font-mono text-sm break-words whitespace-pre-wrap"
        >
          {example}
        </pre>
      </div>
    </div>
  );
}

function FieldList({ title, fields }: { title: string; fields: readonly FieldDescription[] }) {
  if (fields.length === 0) return null;
  return (
    <section aria-label={title} className="mt-3">
      <h4 className="microlabel">{title}</h4>
      <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-[fit-content(14rem)_minmax(0,1fr)]">
        {fields.map(({ name, type, required, note }) => (
          <div
            key={`${name}${note}`}
            className="flex flex-wrap items-baseline gap-x-2 sm:col-span-2 sm:grid sm:grid-cols-subgrid"
          >
            <dt className="font-mono break-words">{name}</dt>
            <dd className="text-sm text-ink-muted">
              {type}
              {required && ", required"}
              {note !== "" && (
                <>
                  {" · "}
                  <Prose text={note} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Words of the OpenAPI document, with what stands in backticks as code. */
function Prose({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="font-mono text-sm text-ink">
        {part}
      </code>
    ),
  );
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}
