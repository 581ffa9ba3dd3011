import { categoriesToBits, type Category, type Client, connect, type Deployment } from "@consentry/sdk";
import { expect } from "chai";
import { type ContractTransactionResponse, id } from "ethers";
import { network } from "hardhat";
import { createClient } from "../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../sdk/dist/connect.js";
import type { Settings } from "../../sdk/src/deployments/settings.js";
import { deploySuite, type Signer, type Signers, type Suite } from "../suite.js";

/** The chain of this file's tests. */
export const connection = await network.create();
export const { ethers, networkHelpers } = connection;

export const DAY = 24 * 3600;
export const YEAR = 365 * DAY;

/** Labs for treatment, as most tests ask for and grant. */
export const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

export type Clients = Record<keyof Signers, Client>;

/** A deployed suite, and a client for everybody who takes part. */
export interface World extends Suite {
  deployment: Deployment;
  as: Clients;
}

/** The addresses as `connect` takes them. */
export async function deploymentOf(suite: Suite, chainId = 31337): Promise<Deployment> {
  return {
    network: "test",
    chainId,
    fromBlock: 0,
    contracts: {
      AccessManager: { address: await suite.manager.getAddress() },
      ProviderRegistry: { address: await suite.providers.getAddress() },
      ConsentRegistry: { address: await suite.consents.getAddress() },
      RecordRegistry: { address: await suite.records.getAddress() },
      AuditLog: { address: await suite.audit.getAddress() },
      ERC7913WebAuthnVerifier: { address: await suite.webAuthnVerifier.getAddress() },
      ERC7913P256Verifier: { address: await suite.p256Verifier.getAddress() },
    },
  };
}

async function deployed(): Promise<World> {
  return deployedWith({});
}

async function deployedWith(changes: Partial<Settings>): Promise<World> {
  const suite = await deploySuite(connection, changes);
  const deployment = await deploymentOf(suite);
  const { deployment: verified } = await connect({ runner: suite.signers.patient, deployment });
  return { ...suite, deployment, as: clientsOf(suite, verified) };
}

function clientsOf({ signers }: Suite, verified: Deployment): Clients {
  const clients = Object.entries(signers).map(([name, runner]: [string, Signer]) => {
    return [name, createClient(contextOf(verified, waysOf(runner)))] as const;
  });
  return Object.fromEntries(clients) as Clients;
}

/** The accreditor has listed clinic and hospital, which contribute, and a researcher. */
async function accredited(): Promise<World> {
  const world = await deployed();
  const { as, signers } = world;
  await as.consortium.providers.appointAccreditor({ accreditor: 1, account: signers.accreditor.address });
  await list(world);
  return world;
}

/** As on a chain in earnest: what the consortium decides waits. The accreditor has listed the same. */
async function delayed(): Promise<World> {
  const world = await deployedWith({ directoryDelay: DAY, adminDelay: 3 * DAY });
  const { providers, manager, signers } = world;
  const { consortium, accreditor } = signers;
  const data = providers.interface.encodeFunctionData("appointAccreditor", [1, accreditor.address]);
  await manager.connect(consortium).schedule(providers, data, 0);
  await networkHelpers.time.increase(DAY);
  await providers.connect(consortium).appointAccreditor(1, accreditor.address);
  await list(world);
  return world;
}

async function list({ as, signers }: World): Promise<void> {
  for (const [name, kind] of [
    ["clinic", "organization"],
    ["hospital", "organization"],
    ["researcher", "researcher"],
  ] as const) {
    await as.accreditor.providers.register({
      provider: signers[name].address,
      kind,
      capabilities: kind === "organization" ? ["contribute"] : [],
      until: (await networkHelpers.time.latest()) + YEAR,
      name,
    });
  }
}

/** A laboratory result of the patient at the clinic, which may collect, and nothing else is granted. */
async function recorded(): Promise<World & { record: string; salt: string; content: string }> {
  const world = await accredited();
  const { as, signers } = world;
  const patient = signers.patient.address;
  const grantee = signers.clinic.address;
  await as.patient.consents.grant({ ...LABS, grantee, actions: ["collect"] });
  const content = '{"resourceType":"Observation"}';
  const registered = { patient, categories: ["LABS"], content, purpose: "TREAT" } as const;
  const { record, salt } = await as.clinic.records.register(registered);
  return { ...world, record, salt, content };
}

/** The clinic may break the glass. */
async function equipped(): Promise<World> {
  const world = await accredited();
  const { consortium, clinic } = world.signers;
  await world.providers.connect(consortium).setEmergency(clinic.address, true);
  return world;
}

/** A fixture puts the chain back, where a client would wait for what it wrote: it has new ones. */
async function loaded<Given extends World>(fixture: () => Promise<Given>): Promise<Given> {
  const world = await networkHelpers.loadFixture(fixture);
  return { ...world, as: clientsOf(world, world.as.patient.deployment) };
}

export const fixtures = {
  deployed: () => loaded(deployed),
  accredited: () => loaded(accredited),
  recorded: () => loaded(recorded),
  equipped: () => loaded(equipped),
  delayed: () => loaded(delayed),
};

/** The clinic opens categories of the patient's data. */
export function breakGlass(
  { consents, signers: { clinic, patient } }: World,
  ...categories: Category[]
): Promise<ContractTransactionResponse> {
  const bits = categoriesToBits(categories);
  return consents.connect(clinic).breakGlass(clinic.address, patient.address, bits, id("unconscious, 2 mg"));
}

/** Sees to it that a promise is rejected with an error of the class, which has these properties. */
export async function expectError(
  promise: PromiseLike<unknown>,
  type: abstract new (...args: never) => Error,
  properties: object = {},
): Promise<void> {
  const outcome = await promise.then(
    () => "no error",
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(type);
  for (const [name, value] of Object.entries(properties)) {
    expect((outcome as Record<string, unknown>)[name], name).to.deep.equal(value);
  }
}

/** How many transactions an account has sent. */
export async function sent(signer: Signer): Promise<number> {
  return ethers.provider.getTransactionCount(signer.address);
}
