import { Text, View } from "@react-pdf/renderer";
import type { Approval, Deployment } from "#lib/domain/deployment.ts";
import { missingOf, quorumOf } from "#lib/domain/sign-off.ts";
import { minuteInWords } from "#lib/domain/time.ts";
import { oneLine, quoted } from "#lib/domain/plain-text.ts";
import { decisionsOf, proofInWords, signerInWords, stampInWords } from "../record-in-words.ts";
import { fitOnPage } from "./cut-texts.ts";
import { INK, styles } from "./theme.ts";

/** The approvals as signature blocks, in their order, then what is void. */
export function SignOff({ deployment }: { deployment: Deployment }) {
  const { approvals, rejectionAnswers, checklist } = deployment;
  const voided = approvals.filter((approval) => approval.voided !== null);
  return (
    <View>
      <Text style={styles.heading}>Sign-off</Text>
      {checklist.signOff.steps.map((step) => (
        <View key={step.role}>
          {decisionsOf(deployment, step.role).map((approval) => (
            <Signature key={approval.seq} title={step.title} approval={approval} />
          ))}
          {missingOf(deployment, step) > 0 && (
            <View style={styles.block} wrap={false}>
              <Text style={{ fontWeight: 600 }}>{oneLine(step.title)}</Text>
              <Text style={styles.faint}>
                {quorumOf(step) === 1
                  ? "not approved"
                  : `${missingOf(deployment, step)} of ${quorumOf(step)} approvals missing`}
              </Text>
            </View>
          )}
        </View>
      ))}
      {rejectionAnswers.map(({ round, answered, answer }) => (
        <Text key={round} style={styles.entry}>
          Rejection of round {round} answered by {stampInWords(answered)}: {quoted(answer)}
        </Text>
      ))}
      {voided.length > 0 && <Text style={styles.subheading}>Void</Text>}
      {voided.map(({ seq, role, decision, signed, voided: cause }) => (
        <Text key={seq} style={[styles.entry, { color: INK.void }]}>
          {role}: {decision} by {stampInWords(signed)}; void since {minuteInWords(cause?.at ?? "")}:{" "}
          {oneLine(cause?.cause ?? "")}
        </Text>
      ))}
      <BrokenGlass deployment={deployment} />
    </View>
  );
}

function BrokenGlass({ deployment: { breakGlass } }: { deployment: Deployment }) {
  if (breakGlass.length === 0) return null;
  return (
    <View>
      <Text style={styles.subheading}>Break glass</Text>
      {breakGlass.map(({ request, title, requested, reason, confirmed, used, closed, review }) => (
        <View key={request} style={styles.block}>
          <Text style={styles.entry}>
            Before {oneLine(title)}, asked for by {stampInWords(requested)}: {quoted(reason)}
          </Text>
          {confirmed !== null && (
            <Text style={styles.entry}>
              Confirmed by {stampInWords(confirmed)} as {confirmed.role}, shown by{" "}
              {proofInWords(confirmed.proof)}; SHA-256 {confirmed.digest}
            </Text>
          )}
          {used?.overridden.map(({ code, message }, index) => (
            <Text key={`${code}${index}`} style={[styles.entry, { color: INK.blocked }]}>
              overrode: {oneLine(message)}
            </Text>
          ))}
          {closed !== null && (
            <Text style={styles.entry}>
              Closed {minuteInWords(closed.at)}: {oneLine(closed.cause)}
            </Text>
          )}
          {review !== null && (
            <Text style={styles.entry}>
              Reviewed by {stampInWords(review)}: {review.conclusion.replace("-", " ")}.{" "}
              {quoted(review.finding)}
            </Text>
          )}
          {confirmed !== null && review === null && <Text>Not reviewed yet.</Text>}
        </View>
      ))}
    </View>
  );
}

function Signature({ title, approval }: { title: string; approval: Approval }) {
  const { decision, signed, meaning, comment, digest, proof, round, seq } = approval;
  const tone = decision === "approved" ? INK.done : INK.blocked;
  return (
    <View style={styles.block} wrap={!fitOnPage(title, meaning, comment)}>
      <View style={[styles.row, { justifyContent: "space-between" }]}>
        <Text style={{ fontWeight: 600 }}>{oneLine(title)}</Text>
        <Text style={{ color: tone, fontWeight: 600 }}>{decision}</Text>
      </View>
      <Text style={styles.signature}>{signerInWords(approval)}</Text>
      <Text>{minuteInWords(signed.at)}</Text>
      <Text style={{ marginTop: 4 }}>{oneLine(meaning)}</Text>
      {comment !== null && <Text style={styles.typed}>{quoted(comment)}</Text>}
      <Text style={[styles.faint, { marginTop: 4 }]}>
        Identity shown by {proofInWords(proof)}. Round {round}, event {seq}. Signed content, SHA-256:
      </Text>
      <Text style={styles.mono}>{digest}</Text>
    </View>
  );
}
