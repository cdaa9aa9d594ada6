import { expect, test } from "vitest";
import { bodyFor, type WebhookMessage } from "#lib/services/webhook-message.ts";

const said = (remark: string | null): WebhookMessage => ({
  type: "comment.added",
  title: "payments-api 1.0.0 (production)",
  sentence: "Emil said something.",
  remark,
  href: "https://sign.example/deployments/1",
  about: {},
});

test("what somebody said begins no line of its own in Slack, nor calls a channel or makes a link", () => {
  const remark = "Fine.\r\n\u2028\u0085*Approved* <!here> <https://evil.example|Open>";
  const { text } = JSON.parse(bodyFor("slack", said(remark), ""));
  expect(text.split(/[\n\v\f\r\u0085\u2028\u2029]/)).toEqual([
    "*payments-api 1.0.0 (production)*",
    "Emil said something.",
    ">Fine. *Approved* &lt;!here&gt; &lt;https://evil.example|Open&gt;",
    "<https://sign.example/deployments/1|Open in Countersign>",
  ]);
});

test("in Teams it stands in a box of its own, and none of it is a link", () => {
  const { attachments } = JSON.parse(bodyFor("teams", said("[Open](https://evil.example)"), ""));
  const [, , ...rest] = attachments[0].content.body;
  expect(rest).toEqual([
    {
      type: "Container",
      style: "emphasis",
      items: [{ type: "TextBlock", wrap: true, text: "\\[Open\\]\\(https://evil.example\\)" }],
    },
  ]);
  expect(JSON.parse(bodyFor("teams", said(null), "")).attachments[0].content.body).toHaveLength(2);
});
