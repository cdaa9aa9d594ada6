import { Text, View } from "@react-pdf/renderer";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { ItemTemplate, PhaseTemplate } from "#lib/domain/template.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";
import { evidenceLine, evidenceOf, stampInWords } from "../record-in-words.ts";
import { INK, styles } from "./theme.ts";

/** Evidence that an item tells piece by piece, the newest. */
const EVIDENCE_TOLD = 50;

/** What was left out or decided against a machine, first and together; then every item. */
export function ChecklistPart({ deployment }: { deployment: Deployment }) {
  const { checklist, rollback } = deployment;
  const phases = rollback === null ? checklist.phases : [...checklist.phases, checklist.rollback];
  return (
    <View>
      <Exceptions deployment={deployment} />
      <Text style={styles.heading}>Checklist</Text>
      {phases.map((phase) => (
        <Phase key={phase.key} deployment={deployment} phase={phase} />
      ))}
    </View>
  );
}

function Exceptions({ deployment }: { deployment: Deployment }) {
  const items = [...deployment.checklist.phases, deployment.checklist.rollback].flatMap(({ sections }) =>
    sections.flatMap((section) => section.items),
  );
  const waived = items.flatMap(({ key, title }) => {
    const state = deployment.items[key];
    return state?.status === "not-applicable" ? [{ key, title, state }] : [];
  });
  const overruled = deployment.evidence.flatMap(({ id, itemKey, overruled: over, content }) =>
    over === null
      ? []
      : [{ id, itemKey, over, check: content.kind === "check" ? content.title : content.kind }],
  );
  return (
    <View>
      <Text style={styles.heading}>Not applicable and overruled</Text>
      {waived.length + overruled.length === 0 && <Text style={styles.faint}>Nothing.</Text>}
      {waived.map(({ key, title, state }) => (
        <View key={key} style={styles.line}>
          <Text>{oneLine(title)}</Text>
          <Text style={[styles.faint, styles.entry]}>
            not applicable, {stampInWords(state.settled)}
            {state.reason === null ? "" : `: ${quoted(state.reason)}`}
          </Text>
        </View>
      ))}
      {overruled.map(({ id, itemKey, over, check }) => (
        <View key={id} style={styles.line}>
          <Text>{oneLine(items.find(({ key }) => key === itemKey)?.title ?? itemKey)}</Text>
          <Text style={[styles.faint, styles.entry, { color: INK.void }]}>
            {oneLine(check)} overruled by {stampInWords(over)}: {quoted(over.reason)}
          </Text>
        </View>
      ))}
    </View>
  );
}

function Phase({ deployment, phase }: { deployment: Deployment; phase: PhaseTemplate }) {
  const { started = null, completed = null } = deployment.phases[phase.key] ?? {};
  return (
    <View>
      <Text style={[styles.subheading, { fontSize: 11 }]} minPresenceAhead={60}>
        {phase.title} ({phase.timing.label})
      </Text>
      <Text style={styles.faint}>
        {started === null ? "not begun" : `begun by ${stampInWords(started)}`}
        {completed === null ? "" : `; completed by ${stampInWords(completed)}`}
      </Text>
      {phase.sections.map((section) => (
        <View key={section.key}>
          <Text style={styles.subheading} minPresenceAhead={40}>
            {section.title}
          </Text>
          {section.items.map((item) => (
            <Item key={item.key} deployment={deployment} item={item} />
          ))}
        </View>
      ))}
    </View>
  );
}

function Item({ deployment, item }: { deployment: Deployment; item: ItemTemplate }) {
  const state = deployment.items[item.key] ?? { status: "open" as const };
  const evidence = evidenceOf(deployment, item.key);
  const untold = evidence.length - EVIDENCE_TOLD;
  return (
    <View style={[styles.row, styles.line]}>
      <Text style={[styles.mono, { width: 22 }]}>{MARKS[state.status]}</Text>
      <View style={styles.grow}>
        <Text>{oneLine(item.title)}</Text>
        {state.status !== "open" && (
          <Text style={styles.faint}>
            {state.status === "done" ? "" : "not applicable, "}
            {stampInWords(state.settled)}
          </Text>
        )}
        {untold > 0 && (
          <Text style={styles.faint}>
            {untold} earlier pieces of evidence are not told here; the export as JSON Lines has every one.
          </Text>
        )}
        {evidence.slice(-EVIDENCE_TOLD).map((entry) => (
          <Text key={entry.id} style={[styles.faint, styles.entry]}>
            {evidenceLine(entry)} ({stampInWords(entry.recorded)})
          </Text>
        ))}
      </View>
    </View>
  );
}

const MARKS = { open: "[ ]", done: "[x]", "not-applicable": "[–]" } as const;
