import { contentDigest } from "#lib/db/content-digest.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { load, makeTeam, openRecord, toSignOff } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withCrew } from "./support/crew.ts";
import { withDatabase } from "./support/database.ts";
import { hurryPasswords, makeCrowd } from "./support/people.ts";

export const title = "One approval for each role and round, whoever else tries at the same moment";
export const sizes = { unit: "rounds of 4 roles, 50 at once", ci: 6, long: 200 };

const AT_ONCE = 50;
const PROCESSES = 3;

/** Each round 50 people approve as one role at once, role after role; then the content changes. */
export async function run(size: number, _report: Report, _seed: number): Promise<Figures> {
  return withDatabase(async (database) => {
    const team = await makeTeam();
    const crowds = new Map<string, Awaited<ReturnType<typeof makeCrowd>>>();
    for (const role of APPROVER_ROLES) crowds.set(role, await makeCrowd(AT_ONCE, role, team.id));
    await hurryPasswords(database);
    const id = await openRecord(team);
    await toSignOff(team, id);
    const refused = new Map<string, number>();
    await withCrew(PROCESSES, async ({ call }) => {
      for (let round = 1; round <= size; round += 1) {
        for (const role of APPROVER_ROLES) {
          const digest = contentDigest(await load(id));
          const people = crowds.get(role) ?? [];
          const codes = await Promise.all(
            people.map(async (actor, index) => call(index, "sign", { actor, id, role, digest })),
          );
          const granted = codes.filter((code) => code === null).length;
          hold(granted === 1, `round ${round}, ${role}: ${granted} of ${AT_ONCE} were granted`);
          for (const code of codes) if (code !== null) refused.set(code, (refused.get(code) ?? 0) + 1);
          const { approvals } = await load(id);
          const standing = approvals.filter((approval) => approval.round === round && approval.role === role);
          hold(standing.length === 1, `round ${round}, ${role}: ${standing.length} approvals in the record`);
        }
        await changeDetails(team.lead, { deploymentId: id, version: `2.0.${round}` });
      }
    });
    const { flaws } = await verifyHistory();
    hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
    return {
      attempts: size * APPROVER_ROLES.length * AT_ONCE,
      granted: size * APPROVER_ROLES.length,
      "refused by code": [...refused].map(([code, count]) => `${code} ${count}`).join(" · "),
      "granted twice": 0,
    };
  });
}
