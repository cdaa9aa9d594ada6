import type { Deployment } from "#lib/domain/deployment.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { missingOf } from "#lib/domain/sign-off.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import type { RecordToExport } from "#lib/queries/export-record.ts";
import { minuteInWords } from "#lib/domain/time.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";
import { decisionsOf, evidenceLine, evidenceOf, signerInWords, stampInWords } from "./record-in-words.ts";

/**
 * The seed's own checklist, filled in: every line stands where it stood, so that a comparison with
 * `seed` shows the filling alone. A tick is an `x`; what does not apply stays open and says why.
 */
export function fillChecklist(seed: string, { deployment }: RecordToExport): string {
  const boxes = [...seedItems().map((item) => itemBox(deployment, item)), ...signOffBoxes(deployment)];
  const fields = formFields(deployment);
  let next = 0;
  const lines = seed.split("\n").map((line) => {
    const box = /^(\s*- )\[ \](.*)$/.exec(line);
    if (box !== null) {
      const { done, note } = boxes[next++] ?? { done: false, note: "" };
      return `${box[1]}[${done ? "x" : " "}]${box[2]}${note === "" ? "" : ` — ${note}`}`;
    }
    const field = /^\*\*(.+)\*\*: _+( *)$/.exec(line);
    const value = field?.[1] === undefined ? undefined : fields[field[1]];
    return value === undefined ? line : `**${field?.[1]}**: ${value}${field?.[2]}`;
  });
  return lines.join("\n");
}

type Box = { readonly done: boolean; readonly note: string };

// In the document's order: the sequence, the rollback procedure, then the environments.
function seedItems(): readonly ItemTemplate[] {
  const { phases, rollback, targets } = PRODUCTION_TEMPLATE;
  const sections = [...phases, rollback].flatMap((phase) => phase.sections);
  return [...sections, ...Object.values(targets)].flatMap(({ items }) => items);
}

function itemBox(deployment: Deployment, { key }: ItemTemplate): Box {
  if (!allItems(deployment.checklist).some(({ item }) => item.key === key))
    return { done: false, note: "not part of this deployment" };
  const state = deployment.items[key] ?? { status: "open" as const };
  const proofs = evidenceOf(deployment, key).map((entry) => {
    const { overruled } = entry;
    const over =
      overruled === null ? "" : `, overruled by ${stampInWords(overruled)}: ${quoted(overruled.reason)}`;
    return `${evidenceLine(entry)}${over}`;
  });
  const evidence = proofs.length === 0 ? "" : `; evidence: ${proofs.join("; ")}`;
  switch (state.status) {
    case "open":
      return { done: false, note: escape(evidence.slice(2)) };
    case "done":
      return { done: true, note: escape(`${stampInWords(state.settled)}${evidence}`) };
    case "not-applicable": {
      const why = state.reason === null ? "" : `: ${quoted(state.reason)}`;
      return {
        done: false,
        note: escape(`not applicable (${stampInWords(state.settled)})${why}${evidence}`),
      };
    }
  }
}

function signOffBoxes(deployment: Deployment): readonly Box[] {
  return PRODUCTION_TEMPLATE.signOff.steps.map(({ role }) => {
    const step = deployment.checklist.signOff.steps.find((candidate) => candidate.role === role);
    if (step === undefined) return { done: false, note: "not part of this sign-off" };
    const notes = decisionsOf(deployment, role).map((approval) => {
      const comment = approval.comment === null ? "" : `: ${quoted(approval.comment)}`;
      const by = `${signerInWords(approval)}, ${minuteInWords(approval.signed.at)}`;
      return `${approval.decision} by ${by}${comment}; SHA-256 ${approval.digest}`;
    });
    return { done: missingOf(deployment, step) === 0, note: escape(notes.join("; ")) };
  });
}

function formFields({ details, t0At }: Deployment): Readonly<Record<string, string>> {
  return {
    "Deployment Date": minuteInWords(t0At ?? details.deploymentAt),
    "Deployed By": escape(oneLine(details.deployedBy.name)),
    Version: escape(oneLine(details.version)),
    "Git Commit": details.commit,
  };
}

// Whatever Markdown or HTML would make something of.
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~#!]/g, "\\$&");
}
