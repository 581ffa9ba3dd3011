import { expect } from "chai";
import { AbiCoder, type ContractFactory, ZeroHash } from "ethers";
import type { Suite } from "../suite.js";
import { ethers, networkHelpers } from "./chain.js";
import { actions, purposes } from "./codes.js";
import { fixtures, grant, refuse, request } from "./fixtures.js";
import { GENERAL, NONE, NOBODY, type Outcome, outcome, recordId } from "./words.js";

const ANSWER = ["uint256", "uint256", "uint256", "bytes32", "uint8", "address", "bytes32", "uint256"];

interface Seen {
  chainId: bigint;
  number: bigint;
  timestamp: bigint;
  parentHash: string;
  told: Outcome;
  terms: bigint;
}

/** What a lens returns to `eth_call`, at a block. */
async function see(lens: ContractFactory, args: unknown[], blockTag: number | "latest" = "latest"): Promise<Seen> {
  const { data } = await lens.getDeployTransaction(...args);
  const answer = AbiCoder.defaultAbiCoder().decode(ANSWER, await ethers.provider.call({ data, blockTag }));
  const [chainId, number, timestamp, parentHash, decision, holder, scope, terms] = answer as unknown as [
    bigint,
    bigint,
    bigint,
    string,
    bigint,
    string,
    string,
    bigint,
  ];
  return { chainId, number, timestamp, parentHash, told: outcome([decision, holder, scope]), terms };
}

const throughLens = async (suite: Suite, blockTag?: number, changes = {}) =>
  see(await ethers.getContractFactory("DecideLens"), [suite.consents.target, request(suite, changes)], blockTag);

describe("DecideLens", () => {
  it("answers as decide does, with the word it rests on", async () => {
    const suite = await fixtures.listed();
    const { patient, clinic } = suite.signers;
    expect(await throughLens(suite)).to.deep.include({ told: outcome([0n, NOBODY, ZeroHash]), terms: 0n });
    await grant(suite, clinic, GENERAL);
    const told = outcome(await suite.consents.decide(request(suite)));
    const terms = await suite.consents.termsOf(patient, clinic, GENERAL);
    expect(told.decision).to.equal("Permit");
    expect(await throughLens(suite)).to.deep.include({ told, terms });
    await refuse(suite, clinic, GENERAL);
    const refused = outcome(await suite.consents.decide(request(suite)));
    const tombstone = await suite.consents.termsOf(patient, clinic, GENERAL);
    expect(refused.decision).to.equal("Revoked");
    expect(await throughLens(suite)).to.deep.include({ told: refused, terms: tombstone });
  });

  it("names the chain and the block that it was asked at", async () => {
    const suite = await fixtures.listed();
    await networkHelpers.mine(2);
    const head = await ethers.provider.getBlockNumber();
    for (const number of [head, head - 1]) {
      const block = (await ethers.provider.getBlock(number))!;
      expect(await throughLens(suite, number)).to.deep.include({
        chainId: 31337n,
        number: BigInt(number),
        timestamp: BigInt(block.timestamp),
        parentHash: block.parentHash,
      });
    }
  });
});

describe("DecideRecordLens", () => {
  const seeRecord = async (suite: Suite, grantee: string, record: string) =>
    see(await ethers.getContractFactory("DecideRecordLens"), [
      suite.records.target,
      grantee,
      record,
      NONE,
      purposes("TREAT"),
      actions("access"),
    ]);

  it("answers as decideRecord does, with the word of the record's own patient", async () => {
    const suite = await fixtures.recorded();
    const { patient, hospital, clinic } = suite.signers;
    await grant(suite, hospital, GENERAL);
    const terms = await suite.consents.termsOf(patient, hospital, GENERAL);
    const told: Outcome = { decision: "Permit", holder: hospital.address, scope: GENERAL };
    expect(await seeRecord(suite, hospital.address, suite.record)).to.deep.include({ told, terms });
    const custodian = outcome([5n, NOBODY, ZeroHash]);
    expect(await seeRecord(suite, clinic.address, suite.record)).to.deep.include({ told: custodian, terms: 0n });
  });

  it("knows nothing of an unknown record", async () => {
    const suite = await fixtures.recorded();
    const unknown = recordId(suite.signers.clinic.address, 99n);
    const told = outcome([0n, NOBODY, ZeroHash]);
    expect(await seeRecord(suite, suite.signers.hospital.address, unknown)).to.deep.include({ told, terms: 0n });
  });
});
