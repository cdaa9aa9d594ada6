import { PageHeader } from "#components/ui/page-header.tsx";
import type { Deployment } from "#lib/domain/deployment.ts";

/** Whose past it is, with the version that it had then. */
export function PastHeader({ service, details }: Pick<Deployment, "service" | "details">) {
  return (
    <PageHeader
      eyebrow="The past of"
      title={
        <>
          {service.name} <span className="ml-1 font-mono text-lg font-medium">{details.version}</span>
        </>
      }
    />
  );
}
