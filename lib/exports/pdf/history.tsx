import { Text, View } from "@react-pdf/renderer";
import type { RecordToExport } from "#lib/queries/export-record.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";
import { fitOnPage } from "./cut-texts.ts";
import { styles } from "./theme.ts";

/** The history as sentences, day by day, oldest first. */
export function History({ deployment, events }: RecordToExport) {
  const days = Map.groupBy(events, ({ at }) => at.slice(0, 10));
  const untold = deployment.revision - events.length;
  return (
    <View>
      <Text style={styles.heading}>History</Text>
      {[...days].map(([day, ofDay]) => (
        <View key={day}>
          <Text style={styles.subheading} minPresenceAhead={40}>
            {day} (UTC)
          </Text>
          {ofDay.map(({ seq, at, actor, predicate, remark, hash }) => (
            <View
              key={seq}
              style={[styles.row, { paddingVertical: 1.5 }]}
              wrap={!fitOnPage(actor.name, predicate, remark)}
            >
              <Text style={[styles.mono, { width: 28, textAlign: "right" }]}>{seq}</Text>
              <Text style={[styles.mono, { width: 30 }]}>{at.slice(11, 16)}</Text>
              <Text style={styles.grow}>
                <Text style={{ fontWeight: 600 }}>{oneLine(actor.name)}</Text> {oneLine(predicate)}
                {remark === null ? "" : `: ${quoted(remark)}`}
              </Text>
              <Text style={[styles.mono, styles.faint, { width: 62 }]}>{hash.slice(0, 12)}</Text>
            </View>
          ))}
        </View>
      ))}
      {untold > 0 && (
        <Text style={{ marginTop: 8 }}>
          {untold} later events are not told here; the export as JSON Lines has every one.
        </Text>
      )}
    </View>
  );
}
