import { prisma } from "#lib/db/prisma.ts";
import * as delegations from "#lib/services/delegations.ts";
import * as freezes from "#lib/services/freezes.ts";
import { makeCalendarAddress, revokeCalendarAddress } from "#lib/services/calendar-address.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { addPasskey, askToEnrol, removePasskey } from "#lib/services/passkeys.ts";
import * as people from "#lib/services/people.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { changeReminders } from "#lib/services/reminders.ts";
import * as webhooks from "#lib/services/webhooks.ts";
import { setRetention } from "#lib/services/retention.ts";
import * as roles from "#lib/services/roles.ts";
import { setUp, setUpToken } from "#lib/services/set-up.ts";
import * as teams from "#lib/services/teams.ts";
import * as tokens from "#lib/services/tokens.ts";
import { beginTotp, confirmTotp, removeTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import * as factories from "#test/support/factories.ts";
import { inSession } from "#test/support/factories.ts";
import { SoftwarePasskey } from "#test/support/software-passkey.ts";
import type { Scene, Write } from "./record-writes.ts";

const person =
  (
    call: (scene: Scene, personId: string) => Promise<unknown>,
    prepare?: (scene: Scene, personId: string) => Promise<unknown>,
  ): Write =>
  async (scene) => {
    const { id } = await factories.makePerson("engineer", scene.team.id);
    await prepare?.(scene, id);
    return async () => call(scene, id);
  };
type Proven = Awaited<ReturnType<typeof inSession>>;

const delegation = async ({ team }: Scene, approver: Proven) =>
  delegations.createDelegation(approver, {
    role: "product",
    teamId: team.id,
    toId: team.engineer2.id,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  });

const freeze = async ({ team }: Scene) =>
  freezes.createFreeze(team.lead, {
    team: team.name,
    environment: `e ${Math.random()}`,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    reason: "Holidays",
  });

const NEW_PASSWORD = "quite another password";
const ORIGIN = "http://localhost";

/** Somebody's change of their own account. */
const own =
  <T>(
    call: (actor: Proven, prepared: T) => Promise<unknown>,
    prepare: (actor: Proven) => Promise<T>,
  ): Write =>
  async ({ team }) => {
    const actor = await inSession(await factories.makePerson("engineer", team.id));
    const prepared = await prepare(actor);
    return async () => call(actor, prepared);
  };
const nothing = async () => undefined;
const enrol = async (actor: Proven) => {
  const request = await askToEnrol(actor, { origin: ORIGIN });
  const answer = new SoftwarePasskey().make(request, { origin: ORIGIN });
  return addPasskey(actor, { challengeId: request.challengeId, name: "Key", answer });
};
const codeNow = async (actor: Proven) => {
  const { secret } = await beginTotp(actor);
  return totpFor(secret, "").generate();
};
const addSignedWebhook = async (actor: Proven, teamId: string) =>
  webhooks.addWebhook(actor, {
    teamId,
    kind: "signed",
    name: "Chat",
    url: "https://hooks.example.com/1",
    news: ["rollback"],
  });
const webhook =
  (call: (scene: Scene, webhookId: string) => Promise<unknown>): Write =>
  async (scene) => {
    // Of a team of its own, since a team has only so many.
    const { lead, ...team } = await factories.makeTeam();
    const signedIn = await inSession(lead);
    await addSignedWebhook(signedIn, team.id);
    const { id } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId: team.id } });
    return async () => call({ ...scene, team: { ...team, lead: signedIn } }, id);
  };
const recoveryLink = async ({ admin }: Scene, personId: string) =>
  makeRecoveryLink(admin, { personId, dropsFactors: false });

/** Every write on people, teams and tokens, by its file and function in `lib/services`. */
export const INSTALLATION_WRITES: Readonly<Record<string, Write>> = {
  "delegations.createDelegation": async (scene) => {
    const approver = await inSession(scene.team.product);
    return async () => {
      const id = await delegation(scene, approver);
      await delegations.revokeDelegation(scene.team.product, { delegationId: id });
    };
  },
  "delegations.revokeDelegation": async (scene) => {
    const id = await delegation(scene, await inSession(scene.team.product));
    return async () => delegations.revokeDelegation(scene.team.product, { delegationId: id });
  },
  "freezes.createFreeze": async (scene) => async () => freeze(scene),
  "freezes.endFreeze": async (scene) => {
    const freezeId = await freeze(scene);
    return async () => freezes.endFreeze(scene.team.lead, { freezeId });
  },
  "people.createPerson":
    async ({ admin }) =>
    async () =>
      people.createPerson(admin, {
        name: "New",
        email: `${Math.random()}@test.example`,
        password: factories.PASSWORD,
      }),
  "people.setPassword": person(({ admin }, personId) =>
    people.setPassword(admin, { personId, password: "another long password" }),
  ),
  "people.disablePerson": person(({ admin }, personId) => people.disablePerson(admin, { personId })),
  "people.enablePerson": person(
    ({ admin }, personId) => people.enablePerson(admin, { personId }),
    ({ admin }, personId) => people.disablePerson(admin, { personId }),
  ),
  "retention.setRetention":
    async ({ admin }) =>
    async () => {
      const { retentionDays } = await prisma().installation.findFirstOrThrow();
      await setRetention(admin, { days: retentionDays === 365 ? 730 : 365 });
    },
  "roles.grantRole": person(({ admin, team }, personId) =>
    roles.grantRole(admin, { personId, role: "security", teamId: team.id }),
  ),
  "roles.revokeRole": person(({ admin, team }, personId) =>
    roles.revokeRole(admin, { personId, role: "engineer", teamId: team.id }),
  ),
  "teams.createTeam":
    async ({ admin }) =>
    async () =>
      teams.createTeam(admin, { name: `Team ${Math.random()}` }),
  "reminders.changeReminders":
    async ({ team }) =>
    async () => {
      const { remindAfterHours } = await prisma().team.findUniqueOrThrow({ where: { id: team.id } });
      const hours = { remindAfterHours: (remindAfterHours ?? 1) + 1, escalateAfterHours: 720 };
      await changeReminders(team.lead, { teamId: team.id, ...hours });
    },
  "webhooks.addWebhook": async ({ team }) => {
    const lead = await inSession(team.lead);
    return async () => addSignedWebhook(lead, team.id);
  },
  "webhooks.changeWebhook": webhook(({ team }, webhookId) =>
    webhooks.changeWebhook(team.lead, { webhookId, name: "Another", news: ["turn"] }),
  ),
  "webhooks.renewWebhookSecret": webhook(({ team }, webhookId) =>
    webhooks.renewWebhookSecret(team.lead, { webhookId }),
  ),
  "webhooks.removeWebhook": webhook(({ team }, webhookId) =>
    webhooks.removeWebhook(team.lead, { webhookId }),
  ),
  "teams.changeTeamDuties":
    async ({ admin, team }) =>
    async () => {
      const { openerMaySign } = await prisma().team.findUniqueOrThrow({ where: { id: team.id } });
      await teams.changeTeamDuties(admin, {
        teamId: team.id,
        openerMaySign: !openerMaySign,
        deployerMaySign: false,
        mayHoldSeveralRoles: false,
      });
    },
  "tokens.createToken": async ({ team }) => {
    const engineer = await inSession(team.engineer);
    return async () => tokens.createToken(engineer, { name: "ci", scopes: ["read"], days: 1 });
  },
  "tokens.createTokenFor": person(({ admin }, personId) =>
    tokens.createTokenFor(admin, personId, { name: "ci", scopes: ["read"], days: 1 }),
  ),
  "tokens.revokeToken": person(
    async ({ admin }, personId) => {
      const { id } = await prisma().apiToken.findFirstOrThrow({ where: { userId: personId } });
      await tokens.revokeToken(admin, { tokenId: id });
    },
    ({ admin }, personId) =>
      tokens.createTokenFor(admin, personId, { name: "ci", scopes: ["read"], days: 1 }),
  ),
  "teams.changeTeamTimeZone":
    async ({ admin, team }) =>
    async () => {
      const { timeZone } = await prisma().team.findUniqueOrThrow({ where: { id: team.id } });
      const other = timeZone === "UTC" ? "Europe/Vienna" : "UTC";
      await teams.changeTeamTimeZone(admin, { teamId: team.id, timeZone: other });
    },
  "teams.changeTeamSecondFactor":
    async ({ admin, team }) =>
    async () => {
      const { secondFactorRequired } = await prisma().team.findUniqueOrThrow({ where: { id: team.id } });
      await teams.changeTeamSecondFactor(admin, { teamId: team.id, required: !secondFactorRequired });
      // Back again, so that the other writes sign as before.
      await teams.changeTeamSecondFactor(admin, { teamId: team.id, required: secondFactorRequired });
    },
  "own-password.changeOwnPassword": own(
    (actor) => changeOwnPassword(actor, { current: factories.PASSWORD, password: NEW_PASSWORD }),
    nothing,
  ),
  "passkeys.addPasskey": own(enrol, nothing),
  "passkeys.removePasskey": own((actor, passkeyId: string) => removePasskey(actor, { passkeyId }), enrol),
  "calendar-address.makeCalendarAddress": own(makeCalendarAddress, nothing),
  "calendar-address.revokeCalendarAddress": own(revokeCalendarAddress, makeCalendarAddress),
  "recovery-codes.makeRecoveryCodes": own(makeRecoveryCodes, enrol),
  "recovery-links.makeRecoveryLink": person(recoveryLink),
  "recovery-links.recoverAccount": async (scene) => {
    const { id } = await factories.makePerson("engineer", scene.team.id);
    const token = await recoveryLink(scene, id);
    return async () => recoverAccount({ token, password: NEW_PASSWORD }, "127.0.0.1");
  },
  "totp-factor.confirmTotp": own((actor, code: string) => confirmTotp(actor, { code }), codeNow),
  "totp-factor.removeTotp": own(removeTotp, async (actor) =>
    confirmTotp(actor, { code: await codeNow(actor) }),
  ),
};

/** The first write of all, which needs an installation without people. */
export async function firstSetUp(): Promise<void> {
  await setUp(
    {
      token: setUpToken(),
      team: "First",
      name: "Ada",
      email: "ada@test.example",
      password: factories.PASSWORD,
    },
    "127.0.0.1",
  );
}
