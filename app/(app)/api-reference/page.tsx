import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { describeEndpoints } from "#lib/api/describe-endpoints.ts";
import { EndpointReference } from "#components/api-reference/endpoint-reference.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { buttonVariants } from "#components/ui/button-variants.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

export const metadata: Metadata = { title: "API reference" };

export default async function ApiReferencePage() {
  await actorForPage("/api-reference");
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="API reference"
        description={
          <>
            JSON over HTTP under <Code>/api/v1</Code>, with a token as <Code>Authorization: Bearer</Code>.
            Errors are RFC 9457 problem documents; a refusal by the rules is <Code>409</Code> with its
            blockers.
          </>
        }
        actions={
          <a href="/api/v1/openapi.json" className={buttonVariants()}>
            <Icon name="download" />
            OpenAPI 3.1
          </a>
        }
      />
      <EndpointReference sections={describeEndpoints()} />
    </PageContainer>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-sm text-ink">{children}</code>;
}
