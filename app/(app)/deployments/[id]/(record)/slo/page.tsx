import { SloTable } from "#components/deployment/slo-table.tsx";

export default function SloPage() {
  return <SloTable />;
}
