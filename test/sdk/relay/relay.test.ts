import {
  connect,
  ContractError,
  DeadlinePassedError,
  InvalidParameterError,
  InvalidSignatureError,
  InvalidStatementError,
  NoSignerError,
  NothingToDeliverError,
  NotSpeakerForError,
  OtherDeploymentError,
  type SignedStatement,
  StatementVoidError,
  TooMuchGasError,
  TooSoonError,
  UnknownVerifierError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id, Wallet, ZeroHash } from "ethers";
import { network } from "hardhat";
import { deploySuite } from "../../suite.js";
import { deploymentOf, ethers, expectError, LABS, networkHelpers, sent } from "../setup.js";
import { clientOf, signerFor, signing, type Signing, transported } from "../signing/world.js";

type ErrorClass = abstract new (...args: never) => Error;

/** Neither verified nor submitted, and nothing is paid for it. */
async function expectRefused(
  { as, signers }: Signing,
  statement: unknown,
  type: ErrorClass,
  properties: object = {},
): Promise<void> {
  const before = await sent(signers.stranger);
  await expectError(as.stranger.relay.verify(statement), type, properties);
  await expectError(as.stranger.relay.submit(statement), type, properties);
  expect(await sent(signers.stranger)).to.equal(before);
}

describe("relay", () => {
  it("verifies without anybody who pays, and says what delivering would take", async () => {
    const { deployment, patient, address, labs } = await signing();
    const signed = await patient.consents.grant.sign(labs);
    const reader = await connect({ runner: ethers.provider, deployment });
    const verified = await reader.relay.verify(signed);
    expect(verified).to.deep.include({ account: address, statement: signed });
    expect(verified.gas > 50_000n && verified.gas < 200_000n).to.be.true;
    await expectError(reader.relay.submit(signed), NoSignerError);
  });

  it("takes the JSON as a text", async () => {
    const { as, patient, labs, permitted } = await signing();
    await as.stranger.relay.submit(JSON.stringify(await patient.consents.grant.sign(labs)));
    expect(await permitted()).to.be.true;
  });

  describe("refuses before it pays", () => {
    it("what is no statement, and names the field", async () => {
      const world = await signing();
      const signed = transported(await world.patient.consents.grant.sign(world.labs));
      const { message, domain } = signed;
      const [grant] = message.grants;
      const wrong: [path: string, statement: unknown][] = [
        ["the text", "{"],
        ["the statement", "null"],
        ["the statement", 7],
        ["the statement", [signed]],
        ["primaryType", { ...signed, primaryType: "Consent" }],
        ["primaryType", { ...signed, primaryType: "constructor" }],
        ["extra", { ...signed, extra: 1 }],
        ["domain", { ...signed, domain: undefined }],
        ["domain.name", { ...signed, domain: { ...domain, name: "Other" } }],
        ["domain.version", { ...signed, domain: { ...domain, version: "2" } }],
        ["domain.chainId", { ...signed, domain: { ...domain, chainId: "31337" } }],
        ["domain.verifyingContract", { ...signed, domain: { ...domain, verifyingContract: "0x12" } }],
        ["domain.salt", { ...signed, domain: { ...domain, salt: ZeroHash } }],
        ["message", { ...signed, message: [] }],
        ["message.patient", { ...signed, message: { ...message, patient: "nobody" } }],
        ["message.more", { ...signed, message: { ...message, more: 1 } }],
        ["message.grants", { ...signed, message: { ...message, grants: [] } }],
        ["message.grants", { ...signed, message: { ...message, grants: Array(1001).fill(grant) } }],
        ["message.grants", { ...signed, message: { ...message, grants: { length: 1, 0: grant } } }],
        ["message.grants[0]", { ...signed, message: { ...message, grants: [null] } }],
        ["message.grants[0].scope", { ...signed, message: { ...message, grants: [{ ...grant, scope: "0x" }] } }],
        [
          "message.grants[0].conditional",
          { ...signed, message: { ...message, grants: [{ ...grant, conditional: 0 }] } },
        ],
        ["message.statement", { ...signed, message: { ...message, statement: undefined } }],
        ["message.statement", { ...signed, message: { ...message, statement: "a".repeat(1_000_001) } }],
        ["message.issuedAt", { ...signed, message: { ...message, issuedAt: Number(message.issuedAt) } }],
        ["message.issuedAt", { ...signed, message: { ...message, issuedAt: "0x1" } }],
        ["message.issuedAt", { ...signed, message: { ...message, issuedAt: "01" } }],
        ["message.issuedAt", { ...signed, message: { ...message, issuedAt: "-1" } }],
        ["message.issuedAt", { ...signed, message: { ...message, issuedAt: String(2n ** 48n) } }],
        ["signer", { ...signed, signer: "0x123" }],
        ["signature", { ...signed, signature: 7 }],
        ["signature", { ...signed, signature: `0x${"00".repeat(65_537)}` }],
      ];
      for (const [path, statement] of wrong) await expectRefused(world, statement, InvalidStatementError, { path });
      await expectRefused(world, { ...signed, signer: "0x1234" }, InvalidParameterError);
      await world.as.stranger.relay.submit(signed);
    });

    it("what is signed for another chain or another contract", async () => {
      const world = await signing();
      const signed = await world.patient.consents.revokeAll.sign();
      const { domain } = signed;
      const elsewhere = { ...domain, verifyingContract: world.signers.clinic.address };
      await expectRefused(world, { ...signed, domain: elsewhere }, OtherDeploymentError, {
        verifyingContract: elsewhere.verifyingContract,
      });
      await expectRefused(world, { ...signed, domain: { ...domain, chainId: 1 } }, OtherDeploymentError, {
        chainId: 1,
      });
    });

    it("every field that was changed after it was signed", async () => {
      const world = await signing();
      const signed = transported(await world.patient.consents.grant.sign(world.labs));
      const { message } = signed;
      const [grant] = message.grants as [(typeof message.grants)[0]];
      const changes: Partial<typeof message>[] = [
        { statement: `${message.statement} ` },
        { document: id("another") },
        { issuedAt: String(BigInt(message.issuedAt) + 1n) },
        { deadline: String(BigInt(message.deadline) - 1n) },
        ...[
          { grantee: world.signers.hospital.address },
          { categories: String(BigInt(grant.categories) | 2n) },
          { actions: String(BigInt(grant.actions) ^ 2n) },
          { notBefore: "1" },
          { expiresAt: String(BigInt(grant.expiresAt) - 1n) },
        ].map((change) => ({ grants: [{ ...grant, ...change }] })),
      ];
      for (const change of changes) {
        await expectRefused(world, { ...signed, message: { ...message, ...change } }, InvalidSignatureError);
      }
      const other = { ...message, patient: world.signers.patient.address };
      await expectRefused(world, { ...signed, message: other }, InvalidSignatureError);
      await expectRefused(world, { ...signed, signature: "0x" }, InvalidSignatureError);
    });

    it("a signature through a verifier that is not of the deployment", async () => {
      const world = await signing();
      const signed = await world.patient.consents.revokeAll.sign();
      const verifier = world.signers.clinic.address;
      await expectRefused(world, { ...signed, signer: `${verifier}00` }, UnknownVerifierError, { verifier });
    });

    it("what somebody signed who does not speak for the patient", async () => {
      const world = await signing();
      const { as, address, labs } = world;
      await expectRefused(
        world,
        await as.clinic.consents.grant.sign({ ...labs, patient: address }),
        NotSpeakerForError,
      );
    });

    it("what was delivered before, or replaced by something newer", async () => {
      const world = await signing();
      const { as, patient, labs } = world;
      const grantee = labs.grantee;
      const grant = await patient.consents.grant.sign(labs);
      const refusal = await patient.consents.revoke.sign({ grantee, purpose: "TREAT" });
      const all = await patient.consents.revokeAll.sign();
      await as.stranger.relay.submit(grant);
      await expectRefused(world, grant, NothingToDeliverError);
      await as.stranger.relay.submit(refusal);
      await expectRefused(world, grant, NothingToDeliverError);
      await expectRefused(world, refusal, NothingToDeliverError);
      await as.stranger.relay.submit(all);
      await expectRefused(world, all, NothingToDeliverError);
    });

    it("what came too late, to the second", async () => {
      const world = await signing();
      const now = await networkHelpers.time.latest();
      const signed = await world.patient.consents.grant.sign(world.labs, { deadline: now + 100 });
      await networkHelpers.time.increaseTo(now + 99);
      await world.as.stranger.relay.verify(signed);
      await networkHelpers.time.increaseTo(now + 100);
      await expectRefused(world, signed, DeadlinePassedError);
    });

    it("what was signed before control changed", async () => {
      const world = await signing();
      const { signers, consents, deployment } = world;
      const { patient } = signers;
      const client = await clientOf(patient, deployment);
      const signed = await client.consents.grant.sign(world.labs);
      const heir = new Wallet(id("heir"), ethers.provider);
      await handOver(world, heir);
      await expectRefused(world, signed, StatementVoidError);
      expect(await consents.controllerOf(patient.address)).to.equal(heir.address);
      const params = { ...world.labs, patient: patient.address };
      await expectRefused(world, await client.consents.grant.sign(params), NotSpeakerForError);
      const anew = await client.consents.grant.sign(params, { by: signerFor(heir.address, heir) });
      expect((await world.as.stranger.relay.submit(anew)).events[0]).to.include({ by: heir.address });
    });

    it("a stamp far ahead of the chain", async () => {
      const world = await signing();
      const signed = await world.patient.consents.revokeAll.sign();
      const message = { ...signed.message, issuedAt: String(BigInt(signed.message.issuedAt) + 3_600_000n) };
      const types = { RevokeAll: [field("address", "patient"), field("uint48", "issuedAt")] };
      const signature = await world.key.signTypedData(signed.domain, types, message);
      await expectRefused(world, { ...signed, message, signature }, TooSoonError);
    });

    it("what would take more gas than it allows", async () => {
      const { as, patient, labs } = await signing();
      const signed = await patient.consents.grant.sign(labs);
      const { gas } = await as.stranger.relay.verify(signed);
      await expectError(as.stranger.relay.submit(signed, { maxGas: gas - 1n }), TooMuchGasError, {
        estimate: gas,
        limit: gas - 1n,
      });
      await as.stranger.relay.submit(signed, { maxGas: gas });
    });
  });

  it("of several consents delivers those that nothing newer replaced", async () => {
    const { as, signers, patient, labs } = await signing();
    const { clinic, hospital } = signers;
    const grants = [clinic, hospital].map(({ address: grantee }) => ({ ...labs, grantee }));
    const both = await patient.consents.grant.sign({ grants });
    await as.stranger.relay.submit(await patient.consents.revoke.sign({ grantee: clinic.address, purpose: "TREAT" }));
    const { events } = await as.stranger.relay.submit(both);
    expect(events.map((event) => "grantee" in event && event.grantee)).to.deep.equal([hospital.address]);
  });

  it("a GENERAL refusal older than the grant that stands is still delivered: it restarts the grant", async () => {
    const { as, patient, labs } = await signing();
    const general = { ...labs, scope: "general" } as const;
    const refusal = await patient.consents.revoke.sign({ grantee: labs.grantee });
    await as.stranger.relay.submit(await patient.consents.grant.sign(general));
    const { events } = await as.stranger.relay.submit(refusal);
    expect(events.map(({ type }) => type)).to.deep.equal(["ConsentRestarted"]);
    await expectError(as.stranger.relay.submit(refusal), NothingToDeliverError);
  });

  it("sends a hundred at once from one account, each once, on a chain that makes blocks by the clock", async () => {
    const slow = await network.create({ network: "default", override: { mining: { auto: true } } });
    const suite = await deploySuite(slow);
    const deployment = await deploymentOf(suite);
    await slow.provider.request({ method: "evm_setAutomine", params: [false] });
    await slow.provider.request({ method: "evm_setIntervalMining", params: [200] });
    const relayer = await connect({ runner: suite.signers.relayer, deployment });
    const grantee = suite.signers.clinic.address;
    const signed: SignedStatement[] = [];
    for (let i = 0; i < 100; i++) {
      const key = new Wallet(id(`one of a hundred ${i}`), slow.ethers.provider);
      signed.push(await (await connect({ runner: key, deployment })).consents.grant.sign({ ...LABS, grantee }));
    }
    const before = await slow.ethers.provider.getTransactionCount(suite.signers.relayer.address);
    const results = await Promise.all(signed.map((each) => relayer.relay.submit(each)));
    expect(new Set(results.map(({ hash }) => hash)).size).to.equal(100);
    expect(results.every(({ events }) => events[0]?.type === "ConsentGranted")).to.be.true;
    const after = await slow.ethers.provider.getTransactionCount(suite.signers.relayer.address);
    expect(after - before).to.equal(100);
    await slow.close();
  }).timeout(120_000);

  it("errors of the contract are of one kind", async () => {
    const world = await signing();
    const signed = await world.patient.consents.grant.sign(world.labs);
    await expectRefused(world, { ...signed, signature: "0x1234" }, ContractError);
  });
});

/** The patient's control passes to another key, which accepts. */
async function handOver({ consents, signers: { patient } }: Signing, heir: Wallet): Promise<void> {
  const now = await networkHelpers.time.latest();
  const [issuedAt, deadline] = [now * 1000, now + 60];
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Consentry", version: "1", chainId, verifyingContract: await consents.getAddress() };
  const types = {
    AcceptControl: ["address patient", "address controller", "uint48 issuedAt", "uint48 deadline"].map((field) => {
      const [type = "", name = ""] = field.split(" ");
      return { type, name };
    }),
  };
  const message = { patient: patient.address, controller: heir.address, issuedAt, deadline };
  const signature = await heir.signTypedData(domain, types, message);
  const acceptance = { issuedAt, signer: heir.address, signature };
  await consents.connect(patient).transferControl(patient.address, heir.address, deadline, acceptance);
}

function field(type: string, name: string): { type: string; name: string } {
  return { type, name };
}
