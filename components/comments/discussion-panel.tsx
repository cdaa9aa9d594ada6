"use client";

import { useDeployment } from "#components/deployment/use-deployment.ts";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Comments } from "./comments.tsx";

/** What is said on the record as a whole, beside the signatures that it is about. */
export function DiscussionPanel() {
  const { comments } = useDeployment();
  return (
    <Panel aria-labelledby="discussion">
      <PanelHeader id="discussion" title="Discussion" description="No part of what is signed." />
      <PanelBody>
        <Comments item={null} count={comments} empty="Nothing has been said yet." />
      </PanelBody>
    </Panel>
  );
}
