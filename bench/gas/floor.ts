import { AbiCoder, concat, id, keccak256, type Signature } from "ethers";
import { pack } from "../../test/contracts/words.js";
import { type Chain, SIGNER } from "./chain.js";
import type { Figures } from "./operations.js";
import { grantees, usual, wider } from "./terms.js";

const WORD = "tuple(address grantee, uint256 word)";
const HUNDRED = said("grantee", 100);
const TEN = said("signed grantee", 10);

/** What the EVM itself charges: the bare slots, events and signatures of contracts/mocks/BareMapping.sol. */
export async function measureFloor(chain: Chain): Promise<Figures> {
  const bare = await chain.connection.ethers.deployContract("BareMapping");
  const { patient, clinic, relayer } = chain.suite.signers;
  const own = bare.connect(patient);
  const figures = {
    grant: await chain.gasOf(() => own.set(clinic, pack(usual))),
    grantBatch100PerItem: (await chain.gasOf(() => own.setMany(HUNDRED))) / 100,
    replace: await chain.gasOf(() => own.set(clinic, pack(wider))),
    decide: await chain.executionOf(await bare.words.populateTransaction(patient, clinic)),
    revoke: await chain.gasOf(() => own.set(clinic, 0)),
    revokeAllFirst: await chain.gasOf(() => own.voidAll()),
    revokeAllLater: await chain.gasOf(() => own.voidAll()),
    registerRecord: await chain.gasOf(() => own.register(id("a record"), pack(usual), id("a result"))),
    logAccess: await chain.gasOf(() => own.log(id("a record"), pack(usual))),
  };
  const bySig = (terms: bigint) => {
    const word = { grantee: clinic.address, word: terms };
    return bare.connect(relayer).setBySig(SIGNER.address, word, sign(WORD, word));
  };
  const tenBySig = () => bare.connect(relayer).setManyBySig(SIGNER.address, TEN, sign(`${WORD}[]`, TEN));
  return {
    ...figures,
    grantNarrower: figures.grant,
    breakGlass: figures.grant,
    decideAmong10000: figures.decide,
    registerRecordByMember: figures.registerRecord,
    logAccessByMember: figures.logAccess,
    logAccessByCategory: figures.logAccess,
    logAccessByCategoryByMember: figures.logAccess,
    grantBySigNew: await chain.gasOf(() => bySig(pack(usual))),
    grantBySigReplacing: await chain.gasOf(() => bySig(pack(wider))),
    grantBySigBatch10PerItem: (await chain.gasOf(tenBySig)) / 10,
    ...(await measureAnchor(chain)),
  };
}

/** A tree of 1,000 entries has proofs of ten steps. */
async function measureAnchor(chain: Chain): Promise<Figures> {
  const bare = await chain.connection.ethers.deployContract("BareMapping");
  const proof = Array.from({ length: 10 }, (_, i) => id(`sibling ${i}`));
  const leaf = id("an entry");
  const root = proof.reduce((node, sibling) => keccak256(concat([node, sibling].sort())), leaf);
  return {
    anchor1000PerEntry: (await chain.gasOf(() => bare.anchor(root))) / 1_000,
    verifyAnchor: await chain.executionOf(await bare.verify.populateTransaction(root, leaf, proof)),
  };
}

function said(name: string, count: number) {
  return grantees(name, count).map((grantee) => ({ grantee, word: pack(usual) }));
}

function sign(type: string, value: unknown): Signature {
  return SIGNER.signingKey.sign(keccak256(AbiCoder.defaultAbiCoder().encode([type], [value])));
}
