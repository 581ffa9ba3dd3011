import {
  type Client,
  createPasskey,
  type Guardians,
  newGuardians,
  type RegistryEvent,
  type StatementSigner,
} from "@consentry/sdk";
import { expect } from "chai";
import { id, Wallet } from "ethers";
import { SoftwareAuthenticator } from "../passkeys/authenticator.js";
import { ethers, expectError, sent, type World } from "../setup.js";
import { clientOf, signerFor, signing, transported } from "../signing/world.js";

export const DAY = 86_400;

/** What a controller can say about control, directly or with a signature. */
export type Action =
  | "transferControl"
  | "createDependent"
  | "appointRepresentative"
  | "dismissRepresentative"
  | "setExclusions"
  | "setGuardians"
  | "cancelRecovery";

type Params<Name extends Action> = NonNullable<Parameters<Client["patients"][Name]>[0]>;

/** A way to say something: both end in the same events. */
export interface Route {
  name: string;
  say: <Name extends Action>(
    controlled: Controlled,
    by: Client,
    action: Name,
    params: Params<Name>,
  ) => Promise<RegistryEvent[]>;
}

export const direct: Route = {
  name: "directly",
  say: async (_, by, action, params) => (await by.patients[action](params as never)).events,
};

export const signed: Route = {
  name: "signed, and delivered by a stranger",
  async say({ as }, by, action, params) {
    const statement = transported(await by.patients[action].sign(params as never));
    return (await as.stranger.relay.submit(statement)).events;
  },
};

export const ROUTES = [direct, signed];

/** Patients whose control is in question. Their clients are new, so that none remembers a chain that was set back. */
export interface Controlled extends World {
  /** The patient's own key, which has funds. */
  patient: Client;
  address: string;
  /** A new key without funds. */
  heir: Client;
  heirAddress: string;
  /** Somebody with funds. */
  spouse: Client;
  spouseAddress: string;
  /** Labs for treatment, to the clinic, of the patient. */
  labs: Awaited<ReturnType<typeof signing>>["labs"] & { patient: string };
  permitted: () => Promise<boolean>;
}

let keys = 0;

export async function controlled(): Promise<Controlled> {
  const { patient: heir, address: heirAddress, ...world } = await signing();
  const { patient, otherPatient, clinic } = world.signers;
  const question = {
    patient: patient.address,
    grantee: clinic.address,
    categories: ["LABS"],
    purpose: "TREAT",
  } as const;
  return {
    ...world,
    patient: await clientOf(patient, world.deployment),
    address: patient.address,
    heir,
    heirAddress,
    spouse: await clientOf(otherPatient, world.deployment),
    spouseAddress: otherPatient.address,
    labs: { ...world.labs, patient: patient.address },
    permitted: async () => (await world.as.clinic.consents.decide(question)).permitted,
  };
}

/** Somebody who can only sign. */
export interface Voice {
  account: string;
  by: StatementSigner;
}

/** A plain key. */
export function keyVoice(): Voice {
  const key = new Wallet(id(`voice ${keys++}`), ethers.provider);
  return { account: key.address, by: signerFor(key.address, key) };
}

/** A wallet that is a contract. */
export async function walletVoice(): Promise<Voice> {
  const key = new Wallet(id(`voice ${keys++}`), ethers.provider);
  const wallet = await (await ethers.getContractFactory("SmartWallet")).deploy(key.address);
  const account = await wallet.getAddress();
  return { account, by: signerFor(account, key) };
}

export async function passkeyVoice({ heir }: Pick<Controlled, "heir">): Promise<Voice> {
  const authenticators = new SoftwareAuthenticator();
  const passkey = await createPasskey({ name: "My health data", rpId: "portal.example", authenticators });
  return { account: heir.passkeys.accountOf(passkey), by: heir.passkeys.signer(passkey, authenticators) };
}

/** The heir, or another one who signs, takes the patient's control. */
export async function handOver(world: Controlled, voice?: Voice): Promise<RegistryEvent[]> {
  const { patient, address, heir } = world;
  const acceptance = await heir.patients.acceptControl.sign({ patient: address }, { by: voice?.by });
  const { controller } = acceptance.message;
  return (await patient.patients.transferControl({ controller, acceptance })).events;
}

/** Three guardians, of whom two are needed: a plain key, a wallet that is a contract, and a passkey. */
export async function guarded(world: Controlled, delay = { days: 1 }) {
  const voices = [keyVoice(), await walletVoice(), await passkeyVoice(world)] as const;
  const accounts = voices.map(({ account }) => account);
  const guardians = newGuardians({ patient: world.address, accounts, threshold: 2 });
  await world.patient.patients.setGuardians({ guardians, delay });
  return { voices, guardians };
}

/** Approvals of a recovery by the heir, or another, from some of the guardians. */
export async function approvedBy(
  { heir, heirAddress }: Controlled,
  guardians: Guardians,
  voices: readonly Voice[],
  controller = heirAddress,
) {
  const proposal = await heir.patients.proposeRecovery({ guardians, controller });
  const text = JSON.stringify(proposal);
  const approvals = voices.map(({ by }) => heir.patients.approveRecovery.sign(text, { by }));
  return { proposal, approvals: (await Promise.all(approvals)).map(transported) };
}

/** Neither verified nor submitted, and nothing is paid for it. */
export async function expectRefused(
  { as, signers }: Controlled,
  statement: unknown,
  type: abstract new (...args: never) => Error,
  properties: object = {},
): Promise<void> {
  const before = await sent(signers.stranger);
  await expectError(as.stranger.relay.verify(statement), type, properties);
  await expectError(as.stranger.relay.submit(statement), type, properties);
  expect(await sent(signers.stranger)).to.equal(before);
}
