import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SignedContentView, signedInShort } from "#components/deployment/signed-content-view.tsx";
import { changeDetails } from "#lib/domain/details.ts";
import { DEFAULT_SLO_TARGETS, type SloTargets } from "#lib/domain/slo.ts";
import { viewDeployment } from "#lib/queries/view-deployment.ts";
import { CAST } from "#test/support/people.ts";
import { NOTHING_AROUND, TestRecord } from "#test/support/records.ts";

function seenWith(targets: Partial<SloTargets>): { readonly panel: string; readonly sentence: string } {
  const record = new TestRecord();
  record.do(CAST.lead, changeDetails({ slo: { ...DEFAULT_SLO_TARGETS, ...targets } }));
  record.toSignOff();
  const view = viewDeployment(record.deployment, NOTHING_AROUND, CAST.security, record.now);
  return {
    panel: renderToStaticMarkup(createElement(SignedContentView, { view })),
    sentence: signedInShort(view),
  };
}

test("who signs sees the targets that the evidence was judged against", () => {
  const { panel, sentence } = seenWith({ errorRatePercent: 0.09 });
  expect(panel).toContain("&lt; 0.09 %");
  expect(panel).not.toContain("easier than");
  expect(sentence).not.toContain("easier");
});

test("and which of them are easier to meet than usual", () => {
  const { panel, sentence } = seenWith({ errorRatePercent: 100, availabilityPercent: 90 });
  expect(panel.match(/easier than/g)).toHaveLength(2);
  expect(panel).toContain("easier than the usual &lt; 0.1 %");
  expect(sentence).toContain(
    "Targets easier than usual: Availability ≥ 90 % (the usual ≥ 99.9 %), Error rate < 100 % (the usual < 0.1 %).",
  );
});
