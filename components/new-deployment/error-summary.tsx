import { Notice } from "#components/ui/notice.tsx";

/** The parts of the form, as it says them, by the first step of a refused path. */
const TITLES: Readonly<Record<string, string>> = {
  team: "Team",
  service: "Service",
  environment: "Environment",
  version: "Version",
  commit: "Git commit",
  deploymentAt: "Deployment date",
  deployedBy: "Deployed by",
  links: "Link",
  targets: "Targets",
  signOffPlace: "Sign-off",
  approvals: "Approvals",
  slo: "Service levels",
};

/** How much of a long form was refused, and the way to each part of it. */
export function ErrorSummary({ wrong }: { wrong: readonly string[] }) {
  const parts = [...new Set(wrong.map((path) => path.split(".")[0] ?? path))];
  if (parts.length === 0) return null;
  return (
    <Notice
      tone="blocked"
      className="sticky top-2 z-10 shadow-popup"
      title={parts.length === 1 ? "One thing needs another look" : `${parts.length} things need another look`}
    >
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {parts.map((part) => (
          <li key={part}>
            <a
              href={`#wrong-${part}`}
              className="underline underline-offset-2"
              onClick={(event) => {
                event.preventDefault();
                leadTo(event.currentTarget.closest("form"), part);
              }}
            >
              {TITLES[part] ?? part}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const NAMES: Readonly<Record<string, string>> = { links: "link" };

function leadTo(form: HTMLFormElement | null, part: string): void {
  const name = NAMES[part] ?? part;
  const named = form?.querySelector<HTMLElement>(`[name="${name}"], [name^="${name}."]`);
  named?.closest("fieldset, div")?.scrollIntoView({ block: "center" });
  named?.focus({ preventScroll: true });
}
