import { type Category, type Client, connect, type Deployment, type DecideParams, type Purpose } from "@consentry/sdk";
import { type Moving, movingBetween } from "@consentry/sdk/moving";
import { expect } from "chai";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { type Clients, ethers, fixtures, networkHelpers, type World, YEAR } from "../setup.js";
import type { Signer } from "../../suite.js";

export const FOUR_HOURS = 4 * 3600;

/** A suite, and a second one that comes after it with the same directory. */
export interface Succeeded extends World {
  /** Clients of the deployment that comes after. */
  next: Clients;
  successor: Deployment;
  /** For the patient. */
  moving: Moving;
}

/** Deploys what comes after a deployment. */
export async function succeed(deployment: Deployment): Promise<Deployment> {
  const { ConsentRegistry, ProviderRegistry } = deployment.contracts;
  const settings = [ProviderRegistry.address, FOUR_HOURS, 20, 6 * FOUR_HOURS];
  const consents = await ethers.deployContract("ConsentRegistrySuccessor", [ConsentRegistry.address, ...settings]);
  const records = await ethers.deployContract("RecordRegistry", [consents.target]);
  const audit = await ethers.deployContract("AuditLog", [records.target]);
  return {
    ...deployment,
    predecessor: ConsentRegistry.address,
    contracts: {
      ...deployment.contracts,
      ConsentRegistry: { address: await consents.getAddress() },
      RecordRegistry: { address: await records.getAddress() },
      AuditLog: { address: await audit.getAddress() },
    },
  };
}

/** The clinic and the hospital may contribute, and break the glass; there is a laboratory, too. */
async function fixture(): Promise<{ world: World; successor: Deployment }> {
  const world = await fixtures.equipped();
  const { accreditor } = world.as;
  await accreditor.providers.register({
    provider: world.signers.lab.address,
    kind: "organization",
    capabilities: ["contribute"],
    until: (await networkHelpers.time.latest()) + YEAR,
    name: "lab",
  });
  return { world, successor: await succeed(world.as.patient.deployment) };
}

let chain: Awaited<ReturnType<typeof fixture>> | undefined;
let restorer: { restore: () => Promise<void> } | undefined;

/** The two suites, with clients that remember nothing. */
export async function succeeded(): Promise<Succeeded> {
  if (chain === undefined || restorer === undefined) {
    chain = await fixture();
    restorer = await networkHelpers.takeSnapshot();
  } else await restorer.restore();
  const { world } = chain;
  const successor = (await connect({ runner: world.signers.patient, deployment: chain.successor })).deployment;
  const as = clientsOf(world, world.as.patient.deployment);
  const next = clientsOf(world, successor);
  return { ...world, as, next, successor, moving: await movingBetween(as.patient, next.patient) };
}

function clientsOf({ signers }: World, deployment: Deployment): Clients {
  const clients = Object.entries(signers).map(([name, runner]: [string, Signer]) => {
    return [name, createClient(contextOf(deployment, waysOf(runner)))] as const;
  });
  return Object.fromEntries(clients) as Clients;
}

const PURPOSES: readonly Purpose[] = ["TREAT", "HRESCH", "HPAYMT"];
const KINDS: readonly Category[] = ["LABS", "MEDICATIONS"];

/** What everybody may ask about a patient: each provider, purpose, kind of data, record and programme. */
export function questions(
  { signers }: World,
  patient: string,
  more: Pick<DecideParams, "record" | "programme">[] = [],
): DecideParams[] {
  const grantees = [
    signers.clinic,
    signers.hospital,
    signers.lab,
    signers.researcher,
    signers.stranger,
    signers.patient,
  ];
  return grantees.flatMap(({ address: grantee }) =>
    PURPOSES.flatMap((purpose) =>
      KINDS.flatMap((kind) =>
        [{}, ...more].map((special) => ({ patient, grantee, purpose, categories: [kind], ...special })),
      ),
    ),
  );
}

/** What a decision says, without the block. */
export function said({ permitted, decision, holder, scope }: Awaited<ReturnType<Client["consents"]["decide"]>>) {
  return { permitted, decision, holder, scope: scope?.id };
}

/** What was answered to questions. */
export async function answers(
  asked: readonly DecideParams[],
  decide: (question: DecideParams) => ReturnType<Client["consents"]["decide"]>,
) {
  const found = [];
  for (const question of asked) found.push(said(await decide(question)));
  return found;
}

/** Sees to it that a battery of questions says something: permits and refusals of several kinds. */
export function expectVaried(found: readonly { decision: string }[]): void {
  expect(new Set(found.map(({ decision }) => decision)).size).to.be.above(3);
}
