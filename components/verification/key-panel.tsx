import type { ProofState } from "#lib/queries/proof-state.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

/** The key that everything is signed with, and what to compare it by. */
export function KeyPanel({ installationKey }: Pick<ProofState, "installationKey">) {
  const { fingerprint, text } = installationKey;
  return (
    <Panel aria-labelledby="key">
      <PanelHeader
        id="key"
        title="The installation’s key"
        description="Keep the fingerprint somewhere else: it is what a bundle or a checkpoint is checked against."
      />
      <PanelBody>
        <dl className="grid gap-3">
          <KeyText label="Fingerprint" text={fingerprint} />
          <KeyText label="Public key" text={text} />
        </dl>
      </PanelBody>
    </Panel>
  );
}

function KeyText({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt className="text-sm text-ink-faint">{label}</dt>
      <dd className="break-all *:text-left">
        <CopyButton value={text} label={label.toLowerCase()} />
      </dd>
    </div>
  );
}
