import { Checklist } from "#components/deployment/checklist.tsx";

export default function ChecklistPage() {
  return <Checklist />;
}
