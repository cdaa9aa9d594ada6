import { Text, View } from "@react-pdf/renderer";
import { STATUS_TITLES, statusOf } from "#lib/domain/status.ts";
import type { RecordToExport } from "#lib/queries/export-record.ts";
import { minuteInWords } from "#lib/domain/time.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";
import { stampInWords } from "../record-in-words.ts";
import { fitOnPage } from "./cut-texts.ts";
import { styles, titleSize } from "./theme.ts";

const TARGET_TITLES: Readonly<Record<string, string>> = {
  "fly-io": "Fly.io",
  "aws-ecs": "AWS ECS",
  kubernetes: "Kubernetes",
};

/** What was deployed, and how it stands. */
export function Cover({ deployment, teamName, headHash, exportedAt, exportedBy }: RecordToExport) {
  const { details, checklist, opened, t0At, ended, rollback, legalHold, relaxations, predecessorId } =
    deployment;
  const facts: readonly (readonly [string, string])[] = [
    ["State", STATUS_TITLES[statusOf(deployment)]],
    ["Team", teamName],
    [
      "Environment",
      [details.environment, ...checklist.targets.map((target) => TARGET_TITLES[target] ?? target)].join(
        " · ",
      ),
    ],
    ["Deployment date", minuteInWords(details.deploymentAt)],
    ["Deployed by", details.deployedBy.name],
    ["Opened by", stampInWords(opened)],
    ...(t0At === null ? [] : [["T-0", minuteInWords(t0At)] as const]),
    ...(rollback === null
      ? []
      : [["Rolled back by", `${stampInWords(rollback)}: ${quoted(rollback.reason)}`] as const]),
    ...(ended === null
      ? []
      : [
          [
            "Ended by",
            `${stampInWords(ended)}${ended.reason === null ? "" : `: ${quoted(ended.reason)}`}`,
          ] as const,
        ]),
    ...(legalHold === null
      ? []
      : [["Legal hold", `${stampInWords(legalHold)}: ${quoted(legalHold.reason)}`] as const]),
    ...(predecessorId === null ? [] : [["Follows", predecessorId] as const]),
    ["Checklist", `${checklist.template.title} ${checklist.template.version}`],
    ["Separation of duties", relaxationsInWords(relaxations)],
    ...details.links.map(({ title, url }) => ["Link", `${quoted(title)}: ${url}`] as const),
  ];
  const title = oneLine(`${deployment.service.name} ${details.version}`);
  return (
    <View>
      <Text style={styles.faint}>Deployment record</Text>
      <Text style={[styles.title, { fontSize: titleSize(title) }]}>{title}</Text>
      <Text style={[styles.mono, { marginBottom: 14 }]}>{details.commit}</Text>
      {facts.map(([term, value], index) => (
        <Fact key={`${term}${index}`} term={term} value={value} />
      ))}
      <Fact term="Record" value={deployment.id} mono />
      <Fact term="Head of the history" value={`event ${deployment.revision}, ${headHash}`} mono />
      <Text style={[styles.faint, { marginTop: 10 }]}>
        Taken out of Countersign by {oneLine(exportedBy)}, {minuteInWords(exportedAt)}. Each event of the
        history carries the hash of the one before; the head above stands for all of them.
      </Text>
    </View>
  );
}

function Fact({ term, value, mono = false }: { term: string; value: string; mono?: boolean }) {
  return (
    <View style={[styles.row, styles.line]} wrap={!fitOnPage(value)}>
      <Text style={styles.term}>{term}</Text>
      <Text style={mono ? [styles.grow, styles.mono] : styles.grow}>{oneLine(value)}</Text>
    </View>
  );
}

function relaxationsInWords({
  openerMaySign,
  deployerMaySign,
  mayHoldSeveralRoles,
}: RecordToExport["deployment"]["relaxations"]): string {
  const relaxed = [
    openerMaySign ? "whoever opened it may sign" : null,
    deployerMaySign ? "whoever deploys may sign" : null,
    mayHoldSeveralRoles ? "one person may sign for several roles" : null,
  ].filter((sentence) => sentence !== null);
  return relaxed.length === 0 ? "held in full" : `relaxed by the team: ${relaxed.join("; ")}`;
}
