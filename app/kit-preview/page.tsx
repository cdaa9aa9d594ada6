import { cookies } from "next/headers";
import { Clock } from "#components/clock/clock.tsx";
import { LimitClock } from "#components/clock/limit-clock.tsx";
import { LiveTime } from "#components/clock/live-time.tsx";
import { WaitClock } from "#components/clock/wait-clock.tsx";
import { AppHeader } from "#components/shell/app-header.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { parseTheme } from "#components/shell/theme.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { iconPaths } from "#components/ui/icon-paths.ts";
import { Initials } from "#components/ui/initials.tsx";
import { Input } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SegmentedLinks } from "#components/ui/segmented-links.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { Time } from "#components/ui/time.tsx";
import { Live } from "./live.tsx";

const at = (min: number) => new Date(Date.now() + min * 60_000).toISOString();
export default async function Page() {
  const theme = parseTheme((await cookies()).get("theme")?.value);
  const now = at(0);
  return (
    <>
      <AppHeader theme={theme} homeHref="/kit-preview" account={{ name: "Asha Bose", roles: ["Team lead, Payments", "Engineer"] }}
        items={[{ href: "/kit-preview", label: "Board", icon: "board", key: "b" }, { href: "/mine", label: "Mine", icon: "mine", count: 4, key: "m" }, { href: "/inbox", label: "Inbox", icon: "inbox", count: 1, key: "i" }, { href: "/history", label: "History", icon: "history", key: "h" }, { href: "/people", label: "People", icon: "people", key: "p" }]}
        signOut={<Button variant="ghost" size="sm"><Icon name="sign-out" />Sign out</Button>} />
      <PageContainer className="grid gap-5">
        <PageHeader eyebrow="production · Kubernetes" title={<>payments-api <span className="font-mono font-normal text-ink-muted">v2.14.0</span></>} description={<>Opened by Asha Bose · deployer Chen Diaz · <CopyButton label="commit" value="3f9c2ab11f9c2ab11f9c2ab11f9c2ab11f9c2ab1" shown="3f9c2ab" /></>} actions={<><Clock at={at(60 * 52 + 11)} serverNow={now} caption="production" size="large" /><Button variant="danger"><Icon name="rollback" />Roll back</Button></>} />
        <TabLinks label="Deployment" tabs={[{ href: "/kit-preview", label: "Checklist", count: 6 }, { href: "/kit-preview/s", label: "Sign-off" }, { href: "/kit-preview/slo", label: "SLO" }, { href: "/kit-preview/h", label: "History" }]} />
        <div className="grid gap-5 lg:grid-cols-[1fr_20rem]">
          <Panel>
            <PanelHeader title="Final checks" description="T-1 hour" actions={<><span className="text-sm text-ink-muted tabular-nums">3 of 6</span><Meter className="w-24" label="Final checks, items settled" value={3} max={6} /></>} />
            <ul className="divide-y divide-line">
              {["Smoke tests passing on staging", "Rollback plan documented and reviewed", "Database backup completed < 1 hour ago", "On-call engineers briefed"].map((t, i) => (
                <li key={t} className="flex min-h-10 items-center gap-3 px-4 hover:bg-hover">
                  <Checkbox aria-label={t} defaultChecked={i < 2} waived={i === 3} aria-disabled={i === 2 || undefined} />
                  <span className="grow">{t}</span>
                  {i === 2 && <Badge tone="blocked">1 h 12 m old</Badge>}
                  {i === 3 && <Badge>not applicable</Badge>}
                  {i < 2 && <><Icon name="link" className="size-3.5 text-ink-faint" /><Initials name="Asha Bose" /><Time className="text-sm text-ink-faint" at={at(-11)} now={now} /></>}
                </li>
              ))}
            </ul>
          </Panel>
          <Panel>
            <PanelHeader title="What blocks this" />
            <PanelBody className="grid gap-3">
              <Notice tone="blocked" title="Backup is 1 h 12 m old">The limit is 1 hour.</Notice>
              <Notice tone="waiting" title="Engineering Lead signs first" />
              <Notice tone="attention" title="SSH keys go stale in 3 days" actions={<Button size="sm">Open</Button>} />
              <Notice tone="done" title="Nothing stops Final checks" />
              <Notice tone="void" title="2 approvals are void">The content changed after they were given.</Notice>
              <Notice>Times are in UTC.</Notice>
              <Button variant="primary" disabledReason="3 items are still open" className="w-full">Complete phase</Button>
            </PanelBody>
          </Panel>
        </div>
        <Panel><PanelHeader title="Buttons" /><PanelBody className="grid gap-3">
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary">Complete phase</Button><Button>Secondary</Button><Button variant="ghost">Ghost</Button><Button variant="danger">Reject</Button><Button variant="link">Link</Button>
            <Button variant="primary" pending>Complete phase</Button><Button pending>Saving</Button><Button disabledReason="DevOps/SRE signs after Engineering Lead">Approve…</Button><Button variant="danger" disabledReason="Only before T-0">Cancel</Button>
            <Button size="sm">Small</Button><Button size="lg" variant="primary">Large</Button><Button size="icon" aria-label="Add"><Icon name="plus" /></Button><ButtonLink href="/kit-preview" size="sm">A link</ButtonLink>
          </div>
          <Live />
          <div className="flex flex-wrap items-center gap-2"><Badge>draft</Badge><Badge tone="done">approved</Badge><Badge tone="attention">stale soon</Badge><Badge tone="blocked">failed</Badge><Badge tone="waiting">waits for Security</Badge><Badge tone="void">void</Badge><Badge tone="neutral" icon="lock">locked</Badge><Kbd>g</Kbd><Kbd>b</Kbd>
            <Clock at={at(-31)} serverNow={now} /><Clock at={at(251)} serverNow={now} /><WaitClock until={at(12)} serverNow={now} /><WaitClock until={at(-1)} serverNow={now} /><LimitClock since={at(-20)} limitMinutes={60} serverNow={now} caption="RTO" /><LimitClock since={at(-50)} limitMinutes={60} serverNow={now} caption="RTO" /><LimitClock since={at(-75)} limitMinutes={60} serverNow={now} caption="RTO" size="large" /><LiveTime at={at(-3)} serverNow={now} /></div>
          <SegmentedLinks label="Status" segments={[{ href: "/kit-preview?a", label: "All", count: 12, current: false }, { href: "/kit-preview?b", label: "Open", count: 3, current: true }, { href: "/kit-preview?c", label: "Rolled back", current: false }]} />
        </PanelBody></Panel>
        <Panel><PanelHeader title="Form" /><PanelBody>
          <form className="grid max-w-2xl gap-4 sm:grid-cols-2">
            <Field label="Version" required hint="As it is tagged, such as v2.14.0.">{(c) => <Input {...c} mono defaultValue="v2.14.0" />}</Field>
            <Field label="Git commit" required error="A commit is 7 to 40 hex digits.">{(c) => <Input {...c} mono defaultValue="3f9" />}</Field>
            <Field label="Service" required>{(c) => <Select {...c}><option>payments-api</option><option>ledger</option></Select>}</Field>
            <Field label="Date" required>{(c) => <Input {...c} type="datetime-local" />}</Field>
            <Field label="Links" className="sm:col-span-2">{(c) => <Textarea {...c} placeholder="https://" />}</Field>
            <RadioGroup className="sm:col-span-2" name="place" label="Where the sign-off stands" defaultValue="t0" options={[{ value: "t0", label: "Before T-0 (go / no-go)", hint: "Nothing is deployed until all four have approved." }, { value: "close", label: "At close-out", hint: "As in the document, after the last phase." }]} />
            <Choice label="Kubernetes" hint="Adds 7 items" control={(ids) => <Checkbox {...ids} defaultChecked />} />
            <Choice label="Fly.io" hint="Adds 6 items" control={(ids) => <Checkbox {...ids} />} />
            <Field label="Deployed by">{(c) => <Input {...c} disabled defaultValue="Chen Diaz" />}</Field>
            <div className="flex gap-2 sm:col-span-2"><SubmitButton>Open the deployment</SubmitButton><Button variant="ghost">Cancel</Button></div>
          </form>
        </PanelBody></Panel>
        <Panel>
          <PanelHeader title="Deployments" actions={<Button size="sm" variant="primary"><Icon name="plus" />New</Button>} />
          <Table label="Deployments"><TableHead><TableRow><TableHeader>Service</TableHeader><TableHeader>Version</TableHeader><TableHeader>Phase</TableHeader><TableHeader>Clock</TableHeader><TableHeader>Awaits</TableHeader><TableHeader>Last event</TableHeader></TableRow></TableHead>
            <TableBody>{["payments-api", "ledger", "notifications"].map((s, i) => <TableRow key={s}><TableCell className="font-medium">{s}</TableCell><TableCell className="font-mono">v2.1{i}.0</TableCell><TableCell><Badge tone={i === 0 ? "waiting" : i === 1 ? "done" : "blocked"}>{["go / no-go", "completed", "rolling back"][i]}</Badge></TableCell><TableCell><Clock at={at(400 * (i - 1) + 20)} serverNow={now} /></TableCell><TableCell className="text-ink-muted">DevOps/SRE</TableCell><TableCell className="text-sm text-ink-faint"><Time at={at(-40)} now={now} /></TableCell></TableRow>)}</TableBody></Table>
          <div className="border-t border-line px-4 py-2"><Pagination label="Pages" previousHref="/kit-preview?p=1" nextHref="/kit-preview?p=3">51–100 of 412</Pagination></div>
        </Panel>
        <Panel><EmptyState icon="deploy" title="No deployment yet" action={<Button variant="primary">Open the first one</Button>}>A deployment copies the checklist, and the team ticks it phase by phase.</EmptyState></Panel>
        <Panel><PanelBody className="grid gap-2"><Skeleton className="h-4 w-64" /><Skeleton className="h-4 w-full" /><div className="flex flex-wrap gap-3">{Object.keys(iconPaths).map((n) => <Icon key={n} name={n as IconName} className="size-5" />)}</div></PanelBody></Panel>
      </PageContainer>
    </>
  );
}
