import type { Instant } from "./deployment.ts";
import { tells, type Fact, type InstallationEvent } from "./installation-facts.ts";
import { MINUTE, laterBy } from "./time.ts";

/** Clocks of several servers may differ by as much. */
export const CLOCKS_DIFFER_MS = 5 * MINUTE;

/** What stood when of an installation's people, roles, passkeys and stand-ins, by its whole history. */
export class PastFacts {
  readonly #spells = new Spells();

  constructor(events: readonly InstallationEvent[]) {
    for (const event of events) {
      this.#spells.at = event.at;
      tells(this.#spells, event);
    }
  }

  /** What stood under a key at a moment, give or take what clocks differ by: several where it changed. */
  around(key: string, at: Instant): readonly Fact[] {
    const [early, late] = [laterBy(at, -CLOCKS_DIFFER_MS), laterBy(at, CLOCKS_DIFFER_MS)];
    return this.#spells
      .of(key)
      .filter(({ from, until }) => from <= late && (until === null || until >= early))
      .map(({ fact }) => fact);
  }
}

type Spell = { readonly fact: Fact; readonly from: Instant; until: Instant | null };

/** Facts that remember what they were, and from when until when. */
class Spells extends Map<string, Fact> {
  at: Instant = "";
  readonly #past = new Map<string, Spell[]>();

  of(key: string): readonly Spell[] {
    return this.#past.get(key) ?? [];
  }

  override set(key: string, fact: Fact): this {
    this.#end(key);
    this.#past.set(key, [...this.of(key), { fact, from: this.at, until: null }]);
    return super.set(key, fact);
  }

  override delete(key: string): boolean {
    this.#end(key);
    return super.delete(key);
  }

  #end(key: string): void {
    const last = this.#past.get(key)?.at(-1);
    if (last !== undefined) last.until ??= this.at;
  }
}
