import { PageContainer } from "#components/shell/page-container.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** The shape of a page on its way. */
export default function Loading() {
  return (
    <PageContainer className="grid content-start gap-4">
      <p className="sr-only" role="status">
        Loading
      </p>
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-24" />
      <Skeleton className="h-80" />
    </PageContainer>
  );
}
