import { Document, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import type { RecordToExport } from "#lib/queries/export-record.ts";
import { oneLine } from "#lib/domain/plain-text.ts";
import { ChecklistPart } from "./checklist.tsx";
import { Cover } from "./cover.tsx";
import { History } from "./history.tsx";
import { printable } from "./printable.ts";
import { SignOff } from "./sign-off.tsx";
import { styles } from "./theme.ts";

/** One record for reading and archiving, as a PDF. */
export async function recordPdf(given: RecordToExport): Promise<Uint8Array<ArrayBuffer>> {
  const record = printable(given);
  const { deployment, headHash, exportedAt } = record;
  const title = `${oneLine(deployment.service.name)} ${oneLine(deployment.details.version)}`;
  const bytes = await renderToBuffer(
    <Document
      title={title}
      subject={`Deployment record ${deployment.id}`}
      creator="Countersign"
      producer="Countersign"
      creationDate={new Date(exportedAt)}
      language="en"
    >
      <Page size="A4" style={styles.page}>
        <Footer id={deployment.id} headHash={headHash} />
        <Cover {...record} />
        <SignOff deployment={deployment} />
        <ChecklistPart deployment={deployment} />
        <History {...record} />
      </Page>
    </Document>,
  );
  return new Uint8Array(bytes);
}

function Footer({ id, headHash }: { id: string; headHash: string }) {
  return (
    <View style={styles.footer} fixed>
      <View>
        <Text style={[styles.mono, { fontSize: 6.5 }]}>record {id}</Text>
        <Text style={[styles.mono, { fontSize: 6.5 }]}>head {headHash}</Text>
      </View>
      <Text
        style={styles.faint}
        render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`}
      />
    </View>
  );
}
