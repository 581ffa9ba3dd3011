import { type Client, connect, type Deployment, type SignedStatement, type StatementSigner } from "@consentry/sdk";
import { id, Wallet } from "ethers";
import { ethers, fixtures, LABS, networkHelpers, type World } from "../setup.js";

/** A world in which the patient is a fresh key that has no funds: it can only sign. */
export interface Signing extends World {
  key: Wallet;
  patient: Client;
  address: string;
  /** Has the labs for treatment in its consents, once they are delivered. */
  labs: typeof LABS & { grantee: string };
  /** Whether the clinic may see the patient's labs for treatment. */
  permitted: () => Promise<boolean>;
}

/** Keys differ from test to test, so that no client remembers stamps of a chain that was set back. */
let keys = 0;

export async function signing(): Promise<Signing> {
  const world = await fixtures.accredited();
  // The fixture may be minutes old: deadlines count from the newest block.
  await networkHelpers.mine();
  const key = new Wallet(id(`patient ${keys++}`), ethers.provider);
  const patient = await clientOf(key, world.deployment);
  const grantee = world.signers.clinic.address;
  const question = { patient: key.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const permitted = async () => (await world.as.clinic.consents.decide(question)).permitted;
  return { ...world, key, patient, address: key.address, labs: { ...LABS, grantee }, permitted };
}

export async function clientOf(
  runner: Parameters<typeof connect>[0]["runner"],
  deployment: Deployment,
): Promise<Client> {
  return connect({ runner, deployment });
}

/** What a queue, a file or a QR code makes of a statement. */
export function transported<Signed extends SignedStatement>(signed: Signed): Signed {
  return JSON.parse(JSON.stringify(signed)) as Signed;
}

/** A key that signs for whom it is told. */
export function signerFor(account: string, key: Wallet): StatementSigner {
  return {
    signer: () => Promise.resolve(account),
    sign: ({ domain, types, message }) => key.signTypedData(domain, types, message),
  };
}
