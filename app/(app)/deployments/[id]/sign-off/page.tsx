import { SignOffPanel } from "#components/deployment/sign-off-panel.tsx";

export default function SignOffPage() {
  return <SignOffPanel />;
}
