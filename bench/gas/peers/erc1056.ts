import { type BaseContract, id, solidityPackedKeccak256 } from "ethers";
import { type Chain, SIGNER, START } from "../chain.js";
import type { Figures } from "../operations.js";
import { END } from "../terms.js";
import { deploy, didRegistryArtifact, send } from "./artifacts.js";

const TYPE = id("may read");
const VALIDITY = END - BigInt(START);

/** A delegate of an identity, which names its own first: the identity's first delegate, as it is the patient's first consent. */
export async function measureErc1056(chain: Chain): Promise<Figures> {
  const registry = await deploy(didRegistryArtifact(), chain.deployer);
  const { patient, clinic, relayer } = chain.suite.signers;
  const add = () => send(registry, patient, "addDelegate", patient, TYPE, clinic, VALIDITY);
  const revoke = () => send(registry, patient, "revokeDelegate", patient, TYPE, clinic);
  const addSigned = (nonce: number) => {
    const { v, r, s } = SIGNER.signingKey.sign(digestOf(registry, clinic.address, nonce));
    return send(registry, relayer, "addDelegateSigned", SIGNER.address, v, r, s, TYPE, clinic, VALIDITY);
  };
  const asked = registry.getFunction("validDelegate");
  return {
    grant: await chain.gasOf(add),
    replace: await chain.gasOf(add),
    decide: await chain.executionOf(await asked.populateTransaction(patient, TYPE, clinic)),
    revoke: await chain.gasOf(revoke),
    grantBySigNew: await chain.gasOf(() => addSigned(0)),
    grantBySigReplacing: await chain.gasOf(() => addSigned(1)),
  };
}

/** What `addDelegateSigned` takes for signed; the registry knows no EIP-712. */
function digestOf(registry: BaseContract, delegate: string, nonce: number): string {
  return solidityPackedKeccak256(
    ["bytes1", "bytes1", "address", "uint256", "address", "string", "bytes32", "address", "uint256"],
    ["0x19", "0x00", registry.target, nonce, SIGNER.address, "addDelegate", TYPE, delegate, VALIDITY],
  );
}
