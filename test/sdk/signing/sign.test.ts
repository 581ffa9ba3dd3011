import {
  accountOf,
  ConditionalWithoutDocumentError,
  connect,
  DeadlinePassedError,
  DeadlineTooFarError,
  InvalidParameterError,
  InvalidSignatureError,
  NoSignerError,
  parseStatement,
  ShadowedByRefusalError,
  UserRejectedError,
  verifyStatement,
} from "@consentry/sdk";
import { expect } from "chai";
import { AbiCoder, id, keccak256, Wallet, ZeroHash } from "ethers";
import { connection, ethers, expectError, networkHelpers, YEAR } from "../setup.js";
import { clientOf, signerFor, signing, transported } from "./world.js";

const WEEK = 7n * 86_400n;

describe("Signing", () => {
  describe("a grant", () => {
    it("takes effect when anybody delivers it, in the patient's name and with the evidence of its sentences", async () => {
      const { as, patient, address, labs, permitted } = await signing();
      const signed = transported(await patient.consents.grant.sign(labs));
      expect(await permitted()).to.be.false;
      const { events } = await as.stranger.relay.submit(signed);
      const hash = id(signed.message.statement);
      const evidence = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [hash, ZeroHash]));
      expect(events).to.have.length(1);
      expect(events[0]).to.deep.include({ type: "ConsentGranted", patient: address, by: address, evidence });
      expect(await permitted()).to.be.true;
    });

    it("holds what the patient reads, which can be verified later from what the chain stores", async () => {
      const { as, patient, address, consents, labs } = await signing();
      const signed = await patient.consents.grant.sign(labs);
      const { statement, issuedAt, grants } = signed.message;
      expect(statement).to.contain(labs.grantee);
      await as.stranger.relay.submit(signed);
      const stored = grants.map(async ({ grantee, scope }) => {
        return { grantee, scope, terms: await consents.termsOf(address, grantee, scope) };
      });
      const said = { patient: address, grants: await Promise.all(stored), issuedAt: BigInt(issuedAt) };
      expect(verifyStatement(statement, said)).to.be.true;
      expect(verifyStatement(statement.replace("\n", "\n\n"), said)).to.be.false;
    });

    it("covers several consents, and one signature of many is delivered at once", async () => {
      const { as, signers, patient, labs, permitted } = await signing();
      const { clinic, hospital } = signers;
      const grants = [clinic, hospital].map(({ address: grantee }) => ({ ...labs, grantee }));
      const { events } = await as.stranger.relay.submit(await patient.consents.grant.sign({ grants }));
      expect(events.map((event) => "grantee" in event && event.grantee)).to.deep.equal([
        clinic.address,
        hospital.address,
      ]);
      expect(await permitted()).to.be.true;
    });

    it("is stamped with the chain's time, and can be delivered for seven days", async () => {
      const { patient, labs } = await signing();
      const now = BigInt(await networkHelpers.time.latest());
      const { message } = await patient.consents.grant.sign(labs);
      expect(BigInt(message.issuedAt)).to.equal(now * 1000n);
      expect(BigInt(message.deadline)).to.equal(now + WEEK);
    });

    it("takes a nearer deadline, but none that is too far or past", async () => {
      const { patient, labs } = await signing();
      const now = BigInt(await networkHelpers.time.latest());
      const { message } = await patient.consents.grant.sign(labs, { deadline: now + 60n });
      expect(BigInt(message.deadline)).to.equal(now + 60n);
      await patient.consents.grant.sign(labs, { deadline: now + WEEK });
      await expectError(patient.consents.grant.sign(labs, { deadline: now + WEEK + 1n }), DeadlineTooFarError);
      await expectError(patient.consents.grant.sign(labs, { deadline: now - 1n }), DeadlinePassedError);
    });

    it("needs the hash of a document to be conditional, and takes no evidence", async () => {
      const { as, patient, labs } = await signing();
      const conditional = { ...labs, conditional: true };
      await expectError(patient.consents.grant.sign(conditional), ConditionalWithoutDocumentError);
      const evidence = id("evidence");
      await expectError(patient.consents.grant.sign({ ...labs, evidence } as typeof labs), InvalidParameterError);
      const document = id("the signed document");
      const { events } = await as.stranger.relay.submit(
        await patient.consents.grant.sign({ ...conditional, document }),
      );
      expect(events[0]).to.have.property("type", "ConsentGranted");
    });

    it("warns of an older refusal in a narrower scope, and clears it when told to", async () => {
      const { as, patient, labs, permitted } = await signing();
      const mix = { ...labs, purposes: ["TREAT", "HPAYMT"] } as const;
      await as.stranger.relay.submit(await patient.consents.revoke.sign({ grantee: labs.grantee, purpose: "TREAT" }));
      await expectError(patient.consents.grant.sign(mix), ShadowedByRefusalError);
      await as.stranger.relay.submit(await patient.consents.grant.sign({ ...mix, clear: true }));
      expect(await permitted()).to.be.true;
    });
  });

  describe("a withdrawal", () => {
    it("ends what was signed before it, in whatever order they are delivered", async () => {
      const { as, patient, labs, permitted } = await signing();
      const grant = await patient.consents.grant.sign(labs);
      const refusal = await patient.consents.revoke.sign({ grantee: labs.grantee, purpose: "TREAT" });
      expect(BigInt(refusal.message.issuedAt) > BigInt(grant.message.issuedAt)).to.be.true;
      await as.stranger.relay.submit(refusal);
      await as.stranger.relay.submit(grant).catch(() => undefined);
      expect(await permitted()).to.be.false;
    });

    it("ends a grant that another client signed with a stamp ahead of the chain, if it is told", async () => {
      const { as, key, deployment, labs, permitted } = await signing();
      const [first, other] = [await clientOf(key, deployment), await clientOf(key, deployment)];
      await first.consents.revoke.sign({ grantee: labs.grantee });
      const grant = await first.consents.grant.sign(labs);
      const unaware = await other.consents.revoke.sign({ grantee: labs.grantee });
      const { issuedAt } = grant.message;
      expect(BigInt(unaware.message.issuedAt) < BigInt(issuedAt), "what it could not know").to.be.true;
      const options = { noOlderThan: issuedAt };
      const refusal = await (await clientOf(key, deployment)).consents.revoke.sign({ grantee: labs.grantee }, options);
      expect(refusal.message.issuedAt).to.equal(issuedAt);
      await as.stranger.relay.submit(grant);
      await as.stranger.relay.submit(refusal);
      expect(await permitted()).to.be.false;
    });

    it("takes no stamp that is none", async () => {
      const { patient, labs } = await signing();
      for (const noOlderThan of ["", "soon", "-1", 1.5 as unknown as bigint, "9".repeat(16)]) {
        const signed = patient.consents.revoke.sign({ grantee: labs.grantee }, { noOlderThan });
        await expectError(signed, InvalidParameterError, { parameter: "options.noOlderThan" });
      }
    });

    it("ends a grant made directly in the very second before", async () => {
      const { as, signers, deployment, labs } = await signing();
      const { patient } = signers;
      const client = await clientOf(patient, deployment);
      await client.consents.grant(labs);
      const { events } = await as.stranger.relay.submit(await client.consents.revoke.sign({ grantee: labs.grantee }));
      expect(events).to.have.length(1);
      const question = {
        patient: patient.address,
        grantee: labs.grantee,
        categories: ["LABS"],
        purpose: "TREAT",
      } as const;
      expect((await as.clinic.consents.decide(question)).decision).to.equal("Revoked");
    });

    it("of everything ends everything said before, and what is signed after it counts", async () => {
      const { as, patient, address, labs, permitted } = await signing();
      await as.stranger.relay.submit(await patient.consents.grant.sign(labs));
      const all = await patient.consents.revokeAll.sign();
      const again = await patient.consents.grant.sign(labs);
      const { events } = await as.stranger.relay.submit(all);
      expect(events[0]).to.include({ type: "AllRevoked", patient: address, by: address });
      expect(await permitted()).to.be.false;
      await as.stranger.relay.submit(again);
      expect(await permitted()).to.be.true;
    });

    it("a narrower grant signed after a withdrawal from the provider counts", async () => {
      const { as, patient, labs, permitted } = await signing();
      await as.stranger.relay.submit(await patient.consents.revoke.sign({ grantee: labs.grantee }));
      await as.stranger.relay.submit(await patient.consents.grant.sign(labs));
      expect(await permitted()).to.be.true;
    });

    it("has no deadline", async () => {
      const { patient, labs } = await signing();
      const options = { deadline: "2100-01-01" };
      await expectError(patient.consents.revoke.sign({ grantee: labs.grantee }, options), InvalidParameterError);
      await expectError(patient.consents.revokeAll.sign({}, options), InvalidParameterError);
      const { message } = await patient.consents.revoke.sign({ grantee: labs.grantee });
      expect(message).to.have.all.keys("patient", "revocations", "issuedAt");
    });

    it("can be delivered years later", async () => {
      const { as, patient, labs, permitted } = await signing();
      await as.stranger.relay.submit(await patient.consents.grant.sign(labs));
      const refusal = await patient.consents.revoke.sign({ grantee: labs.grantee });
      await networkHelpers.time.increase(2 * YEAR);
      await as.stranger.relay.submit(refusal);
      expect(await permitted()).to.be.false;
    });
  });

  describe("whoever signs", () => {
    it("a wallet after EIP-1193", async () => {
      const { as, signers, deployment, labs } = await signing();
      const account = signers.patient.address;
      const wallet = {
        request: ({ method, params }: { method: string; params?: unknown }) =>
          method === "eth_requestAccounts"
            ? Promise.resolve([account])
            : connection.provider.request({ method, params: params as unknown[] }),
      };
      const patient = await connect({ runner: wallet, deployment });
      const signed = transported(await patient.consents.grant.sign(labs));
      expect(signed.signer).to.equal(account);
      expect((await as.stranger.relay.submit(signed)).events[0]).to.include({ by: account });
    });

    it("a wallet whose user refuses: nothing is signed", async () => {
      const { signers, deployment, labs } = await signing();
      const refusal = Object.assign(new Error("User rejected the request."), { code: 4001 });
      const wallet = {
        request: ({ method, params }: { method: string; params?: unknown }) => {
          if (method === "eth_signTypedData_v4") return Promise.reject(refusal);
          if (method === "eth_requestAccounts") return Promise.resolve([signers.patient.address]);
          return connection.provider.request({ method, params: params as unknown[] });
        },
      };
      const patient = await connect({ runner: wallet, deployment });
      await expectError(patient.consents.grant.sign(labs), UserRejectedError);
    });

    it("a wallet whose account was switched between: what it signs is refused", async () => {
      const { address, patient, labs } = await signing();
      const by = signerFor(address, new Wallet(id("another account"), ethers.provider));
      await expectError(patient.consents.grant.sign(labs, { by }), InvalidSignatureError, {
        args: { account: address },
      });
      const nonsense = { signer: () => Promise.resolve(address), sign: () => Promise.resolve("0x1234") };
      await expectError(patient.consents.grant.sign(labs, { by: nonsense }), InvalidSignatureError);
    });

    it("a representative, for the patient it names", async () => {
      const { as, signers, consents, labs } = await signing();
      const { patient, stranger } = signers;
      const until = (await networkHelpers.time.latest()) + YEAR;
      await consents.connect(patient).appointRepresentative(patient.address, stranger.address, 0, until);
      const signed = await as.stranger.consents.grant.sign({ ...labs, patient: patient.address });
      const { events } = await as.clinic.relay.submit(signed);
      expect(events[0]).to.include({ patient: patient.address, by: stranger.address });
    });

    it("a wallet that is a contract", async () => {
      const { as, key, labs, patient } = await signing();
      const wallet = await (await ethers.getContractFactory("SmartWallet")).deploy(key.address);
      const account = await wallet.getAddress();
      const signed = await patient.consents.grant.sign(labs, { by: signerFor(account, key) });
      expect(signed.message.patient).to.equal(account);
      expect((await as.stranger.relay.submit(signed)).events[0]).to.include({ patient: account, by: account });
    });

    it("is needed", async () => {
      const { deployment, labs } = await signing();
      const reader = await connect({ runner: ethers.provider, deployment });
      await expectError(reader.consents.grant.sign(labs), NoSignerError);
      await expectError(reader.consents.revokeAll.sign(), NoSignerError);
    });

    it("may be named although the client has none", async () => {
      const { deployment, key, address, labs } = await signing();
      const reader = await connect({ runner: ethers.provider, deployment });
      const signed = await reader.consents.grant.sign(labs, { by: signerFor(address, key) });
      expect(signed.message.patient).to.equal(address);
    });
  });

  it("accountOf tells the account of a signer", () => {
    const address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    expect(accountOf(address.toLowerCase())).to.equal(address);
    expect(accountOf(`${address}00`)).not.to.equal(accountOf(`${address}01`));
    for (const wrong of ["0x", address.slice(0, -2), `${address}0`, "nonsense"]) {
      expect(() => accountOf(wrong)).to.throw(InvalidParameterError);
    }
  });

  it("accountOf says what the contract says", async () => {
    const { consents, key } = await signing();
    for (const signer of [key.address, `${key.address}ff`, `${key.address}${"12".repeat(64)}`]) {
      expect(accountOf(signer)).to.equal(await consents.accountOf(signer));
    }
  });

  it("what is signed is read as it was written", async () => {
    const { patient, labs } = await signing();
    const signed = await patient.consents.grant.sign(labs);
    expect(parseStatement(JSON.stringify(signed))).to.deep.equal(signed);
  });
});
