import type { Metadata } from "next";
import type { ReactNode } from "react";
import { readDeployment } from "../../read-deployment.ts";
import { PageContainer } from "#components/shell/page-container.tsx";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { service } = await readDeployment((await params).id);
  return { title: `${service.name}, the past` };
}

/** The past of a record, with nothing beside it that tells of the present. */
export default function PastLayout({ children }: Props) {
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">{children}</PageContainer>
  );
}
