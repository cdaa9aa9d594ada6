import { countedEvidence } from "./counted-evidence.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { Evidence, EvidenceContent } from "./evidence.ts";
import { judgeItem } from "./requirements.ts";
import type { ItemTemplate } from "./template.ts";
import { speaksAgainst, standingVerdicts } from "./verdicts.ts";

const TYPED: readonly EvidenceContent["kind"][] = ["measurement", "time", "rotation"];

/**
 * The ids of the evidence that speaks against an item at `now`, sorted: its verdicts that are no pass
 * any more, and what was typed last where that does not do. Other evidence later is another ground.
 */
export function groundsAgainst(deployment: Deployment, item: ItemTemplate, now: Instant): readonly string[] {
  const judgement = judgeItem(deployment, item, now);
  if (judgement === null || judgement.verdict === "met") return [];
  const verdicts = standingVerdicts(deployment, item).filter((verdict) => speaksAgainst(verdict, now));
  const typed = countedEvidence(deployment, item.key).filter(isTyped).slice(-1);
  return [...verdicts.map(({ entry }) => entry), ...typed].map(({ id }) => id).toSorted();
}

function isTyped({ content }: Evidence): boolean {
  return TYPED.includes(content.kind);
}
