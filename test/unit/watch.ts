import { expect } from "vitest";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { CAST } from "#test/support/people.ts";
import type { TestRecord } from "#test/support/records.ts";
import { phaseOf, SMALL } from "./small-template.ts";

/** A second, slower notion of what is legal, kept apart from the rules under test. */
export class Watch {
  completed: string[] = [];
  signed: { role: string; people: string[]; content: string }[] = [];
  glass: { request: number; phase: string; people: string[]; confirmed: boolean } | null = null;
  broken = new Map<number, string[]>();
  /** Whether break glass began the phase that the approvals stand before. */
  forcedThrough = false;
  lifted = new Set<string>();
  rejected = false;
  ended = false;
  rollingBack = false;
  t0 = false;
  reopening: (DeploymentEvent & { readonly type: "phase.reopened" }) | null = null;

  readonly steps: readonly SignOffStep[];

  constructor(steps: readonly SignOffStep[]) {
    this.steps = steps;
  }

  /** A reopening takes back what was ticked after T-0, where another one lies ahead. */
  isAskedAgain(event: DeploymentEvent & { data: { item: string } }): boolean {
    const order = SMALL.phases.map(({ key }) => key);
    const t0 = SMALL.phases.findIndex(({ timing }) => timing.startsAtT0);
    return (
      (event.type === "item.unchecked" || event.type === "item.waiver-withdrawn") &&
      this.reopening?.at === event.at &&
      order.indexOf(this.reopening.data.phase) < t0 &&
      order.indexOf(phaseOf(event.data.item) ?? "") >= t0
    );
  }

  see(event: DeploymentEvent, record: TestRecord): void {
    const also = ["break-glass.reviewed", "break-glass.lapsed", "comment."];
    if (!also.some((start) => event.type.startsWith(start)))
      expect(this.ended, `${event.type} after the end`).toBe(false);
    const order = SMALL.phases.map(({ key }) => key);
    const { signOff } = record.deployment.checklist;
    switch (event.type) {
      case "item.checked":
      case "item.unchecked":
      case "item.waived":
      case "item.waiver-withdrawn":
      case "evidence.added":
        if (this.isAskedAgain(event)) break;
        expect(phaseOf(event.data.item), "only the open phase changes").toBe(
          this.rollingBack ? "rollback" : order[this.completed.length],
        );
        break;
      case "phase.completed":
        if (event.data.phase === "rollback") expect(this.rollingBack).toBe(true);
        else {
          expect(event.data.phase).toBe(order[this.completed.length]);
          this.completed.push(event.data.phase);
        }
        break;
      case "phase.left-incomplete":
        expect(event.data.phase).toBe(order[this.completed.length]);
        expect(this.glass?.confirmed, "only broken glass leaves a phase behind").toBe(true);
        this.completed.push(event.data.phase);
        break;
      case "phase.started":
        expect(event.data.phase).toBe(order[this.completed.length]);
        if (event.data.overridden !== undefined) {
          expect(event.data.overridden, "something was in the way").not.toEqual([]);
          expect(this.glass).toMatchObject({ phase: event.data.phase, confirmed: true });
          expect(event.data.request).toBe(this.glass?.request);
          this.broken.get(event.data.request ?? 0)?.push(event.actor.id);
          this.glass = null;
        }
        if (event.data.atT0) {
          this.t0 = true;
          this.expectNoFreeze(event, record);
          this.forcedThrough = event.data.overridden !== undefined;
          if (signOff.place === "go-no-go" && !this.forcedThrough) this.expectAllSigned();
        }
        break;
      case "break-glass.requested":
        expect(this.glass, "one request at a time").toBeNull();
        expect(event.data.blockers).not.toEqual([]);
        this.glass = {
          request: event.seq,
          phase: event.data.phase,
          people: [event.actor.id],
          confirmed: false,
        };
        break;
      case "break-glass.confirmed":
        expect(this.glass?.confirmed).toBe(false);
        expect([...(this.glass?.people ?? []), CAST.lead.id, CAST.engineer.id]).not.toContain(event.actor.id);
        if (this.glass === null) break;
        this.glass.confirmed = true;
        this.broken.set(this.glass.request, [...this.glass.people, event.actor.id]);
        break;
      case "break-glass.withdrawn":
      case "break-glass.lapsed":
        expect(this.glass?.request).toBe(event.data.request);
        this.glass = null;
        break;
      case "break-glass.reviewed":
        expect(this.glass?.request).not.toBe(event.data.request);
        expect(this.broken.get(event.data.request)).toBeDefined();
        expect(this.broken.get(event.data.request)).not.toContain(event.actor.id);
        this.broken.delete(event.data.request);
        break;
      case "freeze.lifted":
        expect([CAST.lead.id, CAST.engineer.id], "neither opener nor deployer").not.toContain(event.actor.id);
        expect(record.freezes.map(({ id }) => id)).toContain(event.data.freeze);
        expect(event.data.window.endsAt > event.at).toBe(true);
        this.lifted.add(event.data.freeze);
        break;
      case "phase.reopened":
        expect(this.completed).toContain(event.data.phase);
        this.completed = this.completed.slice(0, this.completed.indexOf(event.data.phase));
        this.reopening = event;
        break;
      case "approval.granted":
        expect(this.rejected).toBe(false);
        this.seeApproval(event.data.role, [event.actor.id, event.data.for?.id ?? event.actor.id]);
        this.signed.push({
          role: event.data.role,
          people: [event.actor.id, event.data.for?.id ?? event.actor.id],
          content: event.data.digest,
        });
        break;
      case "approval.rejected":
        this.rejected = true;
        break;
      case "sign-off.voided":
        this.signed = [];
        break;
      case "rejection.answered":
        this.rejected = false;
        this.signed = [];
        break;
      case "rollback.triggered":
        expect(this.t0).toBe(true);
        this.rollingBack = true;
        break;
      case "deployment.cancelled":
        expect(this.t0).toBe(false);
        this.ended = true;
        break;
      case "deployment.completed":
        expect(this.completed).toEqual(order);
        if (signOff.place === "close-out" || !this.forcedThrough) this.expectAllSigned();
        this.ended = true;
        break;
      case "deployment.rolled-back":
        this.ended = true;
        break;
      default:
    }
  }

  /** Nothing begins while a window stands, but what was lifted for it or overridden by broken glass. */
  expectNoFreeze(event: DeploymentEvent & { type: "phase.started" }, record: TestRecord): void {
    const overridden = (event.data.overridden ?? []).map(({ freeze }) => freeze);
    for (const { id, startsAt, endsAt } of record.freezes) {
      const stands = startsAt <= event.at && event.at < endsAt;
      if (stands && !this.lifted.has(id)) expect(overridden, "begun in a freeze").toContain(id);
    }
  }

  /** One voice a person, nobody bound by duty, and no role before those that come first. */
  seeApproval(as: string, people: readonly string[]): void {
    for (const id of people) {
      expect([CAST.lead.id, CAST.engineer.id]).not.toContain(id);
      expect(this.signed.flatMap((approvalSeen) => approvalSeen.people)).not.toContain(id);
    }
    const place = this.steps.findIndex((step) => step.role === as);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(this.countOf(as)).toBeLessThan(this.steps[place]?.quorum ?? 1);
    let stageStart = place;
    while (stageStart > 0 && this.steps[stageStart]?.withPrevious === true) stageStart -= 1;
    for (const before of this.steps.slice(0, stageStart)) {
      expect(this.countOf(before.role), `${as} after ${before.role}`).toBe(before.quorum ?? 1);
    }
  }

  expectAllSigned(): void {
    for (const step of this.steps) expect(this.countOf(step.role)).toBe(step.quorum ?? 1);
  }

  countOf(as: string): number {
    return this.signed.filter((approvalSeen) => approvalSeen.role === as).length;
  }

  check(record: TestRecord): void {
    const { deployment } = record;
    const beforeGate =
      deployment.checklist.signOff.place === "go-no-go"
        ? deployment.phases["deployment"]?.started == null
        : !this.ended;
    if (beforeGate)
      for (const { content } of this.signed)
        expect(content, "a standing approval is of what stands now").toBe(record.digest());
    expect(deployment.revision).toBe(record.events.length);
    expect(deployment.ended !== null).toBe(this.ended);
  }
}
