import type { ContractTransactionResponse, Overrides } from "ethers";
import { direct, done, nextBlockAt } from "./routes.js";
import { commitmentOf, type Guardians, guardiansOf, type World } from "./setup.js";
import { DAY } from "./stated.js";
import { type Place, sign, type Statement, type Voice } from "./signing.js";

/** What the guardians of the tests agree on, and how it may differ. */
export interface Agreement {
  patient: string;
  controller: string;
  issuedAt: bigint;
  deadline: bigint;
  guardians: Guardians;
  /** Who approves, in the order of delivery. */
  by: readonly Voice[];
  /** What they sign, where it is not what is delivered. */
  signed: Partial<{
    guardian: string;
    patient: string;
    controller: string;
    commitment: string;
    issuedAt: bigint;
    deadline: bigint;
  }>;
  statement: Statement;
  place: Place;
}

export interface Approved {
  args: [string, string, bigint, bigint, Guardians, { signer: string; signature: string }[]];
}

/** Two of the three guardians let the heir recover, stamped with the first millisecond of the second. */
export function approved(world: World, at: bigint, changes: Partial<Agreement> = {}): Approved {
  const { patient, heir, guardians: people, place } = world;
  const agreement: Agreement = {
    patient: patient.account,
    controller: heir.account,
    issuedAt: at * 1000n,
    deadline: at + DAY,
    guardians: guardiansOf(people),
    by: people.slice(0, 2),
    signed: {},
    statement: "ApproveRecovery",
    place,
    ...changes,
  };
  const { patient: whose, controller, issuedAt, deadline, guardians, by, statement } = agreement;
  const commitment = commitmentOf(whose, guardians);
  const message = { patient: whose, controller, commitment, issuedAt, deadline, ...agreement.signed };
  const approvals = by.map((voice) => {
    const { signer, signature } = sign(agreement.place, voice, statement, { guardian: voice.account, ...message });
    return { signer, signature };
  });
  return { args: [whose, controller, issuedAt, deadline, guardians, approvals] };
}

/** Starts a recovery by anybody, in the block of that second or in the tenth after the latest. */
export async function start(world: World, changes: Partial<Agreement> & { at?: bigint } = {}) {
  const { at: fixed, ...agreement } = changes;
  const at = await nextBlockAt(fixed);
  return { at, sending: startWith(world, approved(world, at, agreement)) };
}

export function startWith(
  { consents, relayer }: World,
  { args }: Approved,
  overrides: Overrides = {},
): Promise<ContractTransactionResponse> {
  return consents.connect(relayer).startRecovery(...args, overrides);
}

/** Names the three guardians for the patient, at once. */
export async function named(world: World, delay = DAY, guardians: Guardians = guardiansOf(world.guardians)) {
  const { patient } = world;
  const commitment = commitmentOf(patient.account, guardians);
  return {
    ...(await done(direct.say(world, patient, "setGuardians", [patient.account, commitment, delay]))),
    commitment,
  };
}

/** What stands of a patient's guardianship. */
export async function guardianship({ consents, patient }: World) {
  const { commitment, next, delay, nextDelay, nextAt, issuedAt, cancelledAt } = await consents.guardiansOf(
    patient.account,
  );
  return { commitment, next, delay, nextDelay, nextAt, issuedAt, cancelledAt };
}

export async function recovery({ consents, patient }: World) {
  const { controller, readyAt, issuedAt } = await consents.recoveryOf(patient.account);
  return { controller, readyAt, issuedAt };
}

export const NO_RECOVERY = { controller: "0x0000000000000000000000000000000000000000", readyAt: 0n, issuedAt: 0n };
