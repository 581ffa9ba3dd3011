import { expect } from "chai";
import { AbiCoder, HDNodeWallet, id, keccak256 } from "ethers";
import type { ConsentRegistry } from "../../../sdk/src/generated/contracts/index.js";
import { deploySuite, type Signer, type Suite } from "../../suite.js";
import { connection, ethers, networkHelpers, time } from "../chain.js";
import { keyVoice, type Place, placeOf, type Voice } from "./signing.js";

/** Where the next accounts after those of the suite begin. */
const FIRST_FREE = 14;

/** Somebody with a plain key who can sign and call. */
export interface Person extends Voice {
  readonly caller: Signer;
}

export interface World {
  readonly suite: Suite;
  readonly consents: ConsentRegistry;
  readonly place: Place;
  readonly patient: Person;
  readonly otherPatient: Person;
  /** Who may be put in control. */
  readonly heir: Person;
  readonly spouse: Person;
  readonly friend: Person;
  readonly thief: Person;
  readonly stranger: Person;
  /** In increasing order of their accounts. */
  readonly guardians: readonly [Person, Person, Person];
  /** Delivers what others signed. */
  readonly relayer: Signer;
  /** To whom consents are given. */
  readonly grantee: string;
}

/** The fixture of {@link load}. */
export async function world(): Promise<World> {
  const suite = await deploySuite(connection);
  const accounts = await ethers.getSigners();
  const { clinic, relayer } = suite.signers;
  const [heir, spouse, friend, ...others] = accounts.slice(FIRST_FREE).map((_, i) => person(accounts, FIRST_FREE + i));
  const guardians = others.sort((a, b) => (BigInt(a.account) < BigInt(b.account) ? -1 : 1));
  return {
    suite,
    consents: suite.consents,
    place: await placeOf(suite.consents),
    patient: personOf(accounts, suite.signers.patient),
    otherPatient: personOf(accounts, suite.signers.otherPatient),
    heir: heir!,
    spouse: spouse!,
    friend: friend!,
    thief: personOf(accounts, suite.signers.researcher),
    stranger: personOf(accounts, suite.signers.stranger),
    guardians: guardians as never,
    relayer,
    grantee: clinic.address,
  };
}

/** Everybody, and nothing said yet; in a new block. */
export async function load(): Promise<World> {
  const loaded = await networkHelpers.loadFixture(world);
  await networkHelpers.mine();
  return loaded;
}

function personOf(accounts: readonly Signer[], { address }: Signer): Person {
  return person(
    accounts,
    accounts.findIndex((account) => account.address === address),
  );
}

/** An account of the chain, with its key. */
export function person(accounts: readonly Signer[], index: number): Person {
  const phrase = "test test test test test test test test test test test junk";
  const { privateKey } = HDNodeWallet.fromPhrase(phrase, undefined, `m/44'/60'/0'/0/${index}`);
  return { ...keyVoice(privateKey), caller: accounts[index]! };
}

/** Makes the latest block one of this time, in seconds, so that views answer as of then. */
export async function waitUntil(seconds: bigint): Promise<void> {
  await time.increaseTo(seconds);
}

export interface Guardians {
  accounts: string[];
  threshold: bigint;
  salt: string;
}

/** Two of these three, unless it is said otherwise. */
export function guardiansOf(voices: readonly Voice[], changes: Partial<Guardians> = {}): Guardians {
  return { accounts: voices.map(({ account }) => account), threshold: 2n, salt: id("a secret"), ...changes };
}

export function commitmentOf(patient: string, { accounts, threshold, salt }: Guardians): string {
  const types = ["bytes32", "address", "tuple(address[] accounts, uint256 threshold, bytes32 salt)"];
  const values = [id("consentry.Guardians"), patient, { accounts, threshold, salt }];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

const SETTLED = id("ControlSettled(address,address,uint48)");

/** The events of a call; without that by which a successor settles before who has control. */
export function eventsIn<Told extends { topics: readonly string[] }>(logs: readonly Told[]): Told[] {
  return logs.filter(({ topics }) => topics[0] !== SETTLED);
}

/** One slot of the registry: since, until (seconds) and the stamp. */
export function appointment(since: bigint, until: bigint, issuedAt: bigint): bigint {
  return since | (until << 48n) | (issuedAt << 96n);
}

/** That a call is refused with this error and these arguments. */
export async function expectError(
  { consents }: World,
  sending: Promise<unknown>,
  error: string,
  ...args: readonly unknown[]
): Promise<void> {
  await expect(sending)
    .to.be.revertedWithCustomError(consents, error)
    .withArgs(...args);
}
