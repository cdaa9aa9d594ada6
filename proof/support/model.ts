import { PLAN } from "./small-record.ts";

/** What somebody asks of a record, in words of the product. */
export type Ask =
  | { readonly do: "tick" | "clear"; readonly item: string }
  | { readonly do: "waive"; readonly item: string; readonly reason: string | null }
  | { readonly do: "note"; readonly item: string; readonly text: string }
  | { readonly do: "complete" | "start"; readonly phase: string }
  | { readonly do: "reopen"; readonly phase: string; readonly reason: string }
  | { readonly do: "approve" | "reject"; readonly role: string; readonly text: string }
  | { readonly do: "answer" | "roll-back" | "cancel" | "freeze" | "thaw" | "lift"; readonly text: string }
  | { readonly do: "edit"; readonly version: string };

export type Who = {
  readonly id: string;
  readonly roles: readonly string[];
  /** Opened the record, or is named as its deployer. */
  readonly involved: boolean;
};

const ROLES = ["engineering-lead", "devops-sre", "security", "product"];
const SETTLERS = ["engineer", "team-lead"];

/**
 * The product's rules for the small record, written a second time from the product's words and
 * without the code under test: `ask` says whether a request is granted, and takes note of it.
 */
export class Model {
  /** How many phases are complete; they are completed in order. */
  completed = 0;
  /** Phases that have begun; the first has from the start. */
  begun = new Set<string>(["prepare"]);
  items = new Map<string, "done" | "not-applicable">();
  reasons = new Map<string, string | null>();
  notes = 0;
  signed: { role: string; by: string }[] = [];
  rejected = false;
  t0 = false;
  /** The windows over the record, each with whether it was lifted for it. */
  freezes: { lifted: boolean }[] = [];
  lifts = 0;
  rollingBack = false;
  ended: "completed" | "rolled-back" | "cancelled" | null = null;
  version = "1.0.0";

  ask(who: Who, ask: Ask): boolean {
    switch (ask.do) {
      case "tick":
      case "clear":
      case "waive":
      case "note":
        return isOneOf(who, SETTLERS) && this.onItem(ask);
      case "complete":
        return isOneOf(who, SETTLERS) && this.complete(ask.phase);
      case "start":
        return isOneOf(who, SETTLERS) && this.start(ask.phase);
      case "reopen":
        return isOneOf(who, ["team-lead"]) && this.reopen(ask.phase);
      case "approve":
      case "reject":
        return this.sign(who, ask.role, ask.do);
      case "answer":
        return isOneOf(who, ["team-lead"]) && this.answer();
      case "freeze":
        return isOneOf(who, ["team-lead"]) && this.freeze();
      case "thaw":
        return isOneOf(who, ["team-lead"]) && this.thaw(who);
      case "lift":
        return isOneOf(who, ["team-lead"]) && !who.involved && this.lift();
      case "roll-back":
        return isOneOf(who, SETTLERS) && this.rollBack();
      case "cancel":
        return isOneOf(who, ["team-lead"]) && this.cancel();
      case "edit":
        return isOneOf(who, ["team-lead"]) && this.edit(ask.version);
    }
  }

  private onItem(ask: Ask & { item: string }): boolean {
    if (this.ended !== null || !this.mayChange(ask.item)) return false;
    if (ask.do === "waive") {
      const conditional: readonly string[] = PLAN.conditional;
      if (ask.reason === null && !conditional.includes(ask.item)) return false;
      this.beginAround(ask.item);
      this.items.set(ask.item, "not-applicable");
      this.reasons.set(ask.item, ask.reason);
      return true;
    }
    const changes = ask.do === "note" || (ask.do === "tick") === (this.items.get(ask.item) !== "done");
    if (ask.do === "clear" && !this.items.has(ask.item)) return true;
    if (ask.do === "tick" && !changes) return true;
    this.beginAround(ask.item);
    if (ask.do === "note") this.notes += 1;
    else if (ask.do === "tick") this.items.set(ask.item, "done");
    else this.items.delete(ask.item);
    this.reasons.delete(ask.do === "note" ? "" : ask.item);
    return true;
  }

  private mayChange(item: string): boolean {
    const step = PLAN.rollback.findIndex((key) => key === item);
    if (step !== -1)
      return this.rollingBack && PLAN.rollback.slice(0, step).every((key) => this.items.has(key));
    const phase = PLAN.phases[this.completed];
    if (this.rollingBack || phase === undefined || !within(phase.items, item)) return false;
    return this.begun.has(phase.key) || this.gateIsOpen(this.completed);
  }

  // The first change in a phase whose gate is open is its beginning.
  private beginAround(item: string): void {
    const phase = PLAN.phases[this.completed];
    if (phase !== undefined && within(phase.items, item)) this.begin(this.completed);
  }

  private complete(key: string): boolean {
    if (key === "rollback") return this.completeRollback();
    const index = PLAN.phases.findIndex((phase) => phase.key === key);
    if (index < this.completed) return true;
    const phase = PLAN.phases[index];
    if (this.stands() || index !== this.completed || phase === undefined) return false;
    if (!this.begun.has(key) && !this.gateIsOpen(index)) return false;
    if (!phase.items.every((item) => this.items.has(item))) return false;
    if (!this.begun.has(key)) return false;
    this.completed += 1;
    if (this.completed === PLAN.phases.length) this.ended = "completed";
    else if (this.completed !== PLAN.gate) this.begin(this.completed);
    return true;
  }

  private completeRollback(): boolean {
    if (this.ended === "rolled-back") return true;
    if (this.ended !== null || !this.rollingBack) return false;
    if (!PLAN.rollback.every((item) => this.items.has(item))) return false;
    this.ended = "rolled-back";
    return true;
  }

  private start(key: string): boolean {
    const index = PLAN.phases.findIndex((phase) => phase.key === key);
    if (this.stands() || index === -1) return false;
    if (this.begun.has(key)) return true;
    if (index !== this.completed || !this.gateIsOpen(index)) return false;
    this.begin(index);
    return true;
  }

  private reopen(key: string): boolean {
    const index = PLAN.phases.findIndex((phase) => phase.key === key);
    if (this.stands() || index === -1 || index >= this.completed) return false;
    this.completed = index;
    for (const later of PLAN.phases.slice(index + 1)) this.begun.delete(later.key);
    if (index < PLAN.gate) this.signed = [];
    if (!PLAN.phases.slice(0, index + 1).some(({ atT0 }) => atT0)) this.askAgain();
    return true;
  }

  // Another T-0 lies ahead, and what was done after the last one was done for that.
  private askAgain(): void {
    const t0 = PLAN.phases.findIndex(({ atT0 }) => atT0);
    for (const item of PLAN.phases.slice(t0).flatMap(({ items }) => items)) {
      this.items.delete(item);
      this.reasons.delete(item);
    }
  }

  private sign(who: Who, role: string, decision: "approve" | "reject"): boolean {
    if (this.stands() || !who.roles.includes(role) || this.gatePassed()) return false;
    if (this.completed < PLAN.gate || this.rejected || ROLES[this.signed.length] !== role) return false;
    if (who.involved || this.signed.some(({ by }) => by === who.id)) return false;
    if (decision === "reject") this.rejected = true;
    else this.signed.push({ role, by: who.id });
    return true;
  }

  private answer(): boolean {
    if (this.stands() || !this.rejected) return false;
    this.rejected = false;
    this.signed = [];
    return true;
  }

  // A window is the team's, whatever becomes of the record.
  private freeze(): boolean {
    this.freezes.push({ lifted: false });
    return true;
  }

  // Whoever is involved ends no window while it keeps the record from beginning.
  private thaw(who: Who): boolean {
    if (this.freezes.length === 0) return false;
    if (who.involved && !this.stands() && !this.gatePassed()) return false;
    this.freezes = [];
    return true;
  }

  private lift(): boolean {
    if (this.stands() || this.gatePassed() || this.freezes.length === 0) return false;
    this.lifts += this.freezes.filter(({ lifted }) => !lifted).length;
    this.freezes = this.freezes.map(() => ({ lifted: true }));
    return true;
  }

  /** Whether a window keeps the record from its beginning at T-0. */
  isFrozen(): boolean {
    return this.freezes.some(({ lifted }) => !lifted);
  }

  private rollBack(): boolean {
    if (this.ended !== null) return false;
    if (!this.rollingBack && !this.t0) return false;
    this.rollingBack = true;
    return true;
  }

  private cancel(): boolean {
    if (this.ended === "cancelled") return true;
    if (this.ended !== null || this.t0) return false;
    this.ended = "cancelled";
    return true;
  }

  private edit(version: string): boolean {
    if (this.ended !== null) return false;
    if (version === this.version) return true;
    if (this.t0) return false;
    this.version = version;
    if (!this.gatePassed()) this.signed = [];
    return true;
  }

  private stands(): boolean {
    return this.ended !== null || this.rollingBack;
  }

  private gatePassed(): boolean {
    return this.begun.has(PLAN.phases[PLAN.gate].key);
  }

  private gateIsOpen(index: number): boolean {
    if (index > this.completed) return false;
    if (PLAN.phases[index]?.atT0 === true && this.isFrozen()) return false;
    return index !== PLAN.gate || (!this.rejected && this.signed.length === ROLES.length);
  }

  private begin(index: number): void {
    const phase = PLAN.phases[index];
    if (phase === undefined) return;
    this.begun.add(phase.key);
    if (phase.atT0) this.t0 = true;
  }
}

function isOneOf(who: Who, roles: readonly string[]): boolean {
  return who.roles.some((role) => roles.includes(role));
}

function within(items: readonly string[], item: string): boolean {
  return items.includes(item);
}
