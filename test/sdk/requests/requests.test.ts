import {
  ANY_PROVIDER,
  connect,
  InvalidAddressError,
  InvalidDateError,
  InvalidGranteeError,
  InvalidParameterError,
  InvalidRecordIdError,
  InvalidSignatureError,
  InvalidStatementError,
  NetworkError,
  newProgrammeId,
  newRecordId,
  NoSignerError,
  NotActingForError,
  OtherDeploymentError,
  RequesterNotActiveError,
  RequestNotOpenError,
  UnknownCodeError,
  UnknownVerifierError,
} from "@consentry/sdk";
import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { readFileSync } from "node:fs";
import { bareKey, passkey } from "../../contracts/control/passkey.js";
import type { Signer } from "../../suite.js";
import { ethers, expectError, networkHelpers } from "../setup.js";
import { altered, ASKED, type Asking, asking, by } from "./world.js";

type ErrorClass = abstract new (...args: never) => Error;

const DAY = 86_400;

describe("requests.create", () => {
  it("says what is asked for, by whom, why, and until when it can be answered", async () => {
    const { ask, signers, deployment } = await asking();
    const now = await networkHelpers.time.latest();
    const request = await ask();
    expect(request.primaryType).to.equal("AccessRequest");
    expect(request.domain).to.deep.equal({
      name: "Consentry",
      version: "1",
      chainId: 31337,
      verifyingContract: deployment.contracts.ConsentRegistry.address,
    });
    const { id, ...message } = request.message;
    expect(id).to.match(/^0x[0-9a-f]{64}$/);
    expect(message).to.deep.equal({
      grantee: signers.clinic.address,
      patient: ZeroAddress,
      categories: ["MEDICATIONS", "LABS"],
      purposes: ["TREAT", "ETREAT", "COC", "TREATDS"],
      actions: ["access"],
      record: ZeroHash,
      programme: ZeroHash,
      notBefore: "0",
      expiresAt: String(Date.parse("2099-01-01T00:00:00Z") / 1000),
      reason: "To prepare your operation",
      issuedAt: `${now}000`,
      deadline: String(now + 7 * DAY),
    });
    expect(request.signer).to.equal(signers.clinic.address);
  });

  it("tells each request from the others", async () => {
    const { ask } = await asking();
    expect((await ask()).message.id).to.not.equal((await ask()).message.id);
  });

  it("is plain JSON, and small enough for a QR code", async () => {
    const { ask, as } = await asking();
    const request = await ask();
    expect(JSON.parse(JSON.stringify(request))).to.deep.equal(request);
    expect(as.clinic.requests.toLink(request, "https://consent.example/")).to.have.length.below(2_953);
  });

  it("takes all that a consent can be limited to", async () => {
    const { ask, signers } = await asking();
    const record = newRecordId(signers.clinic.address);
    const more = { patient: signers.patient.address, purposes: ["TREAT", "HRESCH"], from: "2097-01-01", record };
    const { message } = await ask({ ...more, until: "until-revoked" });
    expect(message).to.include({ patient: signers.patient.address, record, expiresAt: String(2n ** 48n - 1n) });
    expect(message.purposes).to.include.members(["TREAT", "HRESCH", "BIORCH"]);
    expect(message.notBefore).to.equal(String(Date.parse("2097-01-01T00:00:00Z") / 1000));
    const programme = newProgrammeId();
    expect((await ask({ programme })).message.programme).to.equal(programme);
  });

  it("asks for purposes of several families that start later, as one request", async () => {
    const { ask } = await asking();
    const { message } = await ask({ purposes: ["TREAT", "HPAYMT"], from: "2097-01-01" });
    expect(message.purposes).to.include.members(["TREAT", "HPAYMT"]);
  });

  it("writes the reason in normal form", async () => {
    const { ask } = await asking();
    expect((await ask({ reason: "  Pre\u0301parer l’opération \n" })).message.reason).to.equal("Préparer l’opération");
  });

  const bad: [what: string, more: object, type: ErrorClass, properties?: object][] = [
    ["an unknown category", { categories: ["LAB"] }, UnknownCodeError],
    ["no purposes", { purposes: [] }, InvalidParameterError, { parameter: "purposes" }],
    ["a misspelt parameter", { recrod: "0x" }, InvalidParameterError, { parameter: "recrod" }],
    ["ANY_PROVIDER", { grantee: ANY_PROVIDER }, InvalidAddressError, { parameter: "grantee" }],
    ["a patient that is none", { patient: "Jane" }, InvalidAddressError, { parameter: "patient" }],
    ["ANY_PROVIDER as patient", { patient: ANY_PROVIDER }, InvalidAddressError, { parameter: "patient" }],
    ["an end that is none", { until: "soon" }, InvalidDateError],
    ["a record that is none", { record: "0x12" }, InvalidRecordIdError],
    ["a programme that is none", { programme: "0x12" }, InvalidParameterError, { parameter: "programme" }],
    ["no reason", { reason: undefined }, InvalidParameterError, { parameter: "reason" }],
    ["an empty reason", { reason: " " }, InvalidParameterError, { parameter: "reason" }],
    ["a reason of 501 characters", { reason: "a".repeat(501) }, InvalidParameterError, { parameter: "reason" }],
    ["a reason of two lines", { reason: "yes\nno" }, InvalidParameterError, { parameter: "reason" }],
    ["a reason that turns around", { reason: "yes \u202eon" }, InvalidParameterError, { parameter: "reason" }],
  ];
  for (const [what, more, type, properties] of bad) {
    it(`refuses ${what}`, async () => expectError((await asking()).ask(more), type, properties));
  }

  it("refuses to ask for oneself", async () => {
    const { ask, signers } = await asking();
    await expectError(ask({ patient: signers.clinic.address }), InvalidGranteeError);
  });

  it("can be open for 90 days, and no longer", async () => {
    const { ask } = await asking();
    const now = await networkHelpers.time.latest();
    const { message } = await ask({}, { deadline: now + 90 * DAY });
    expect(message.deadline).to.equal(String(now + 90 * DAY));
    await expectError(ask({}, { deadline: now + 90 * DAY + 1 }), InvalidDateError);
    await expectError(ask({}, { deadline: now }), InvalidDateError);
    await expectError(ask({}, { dedline: now }), InvalidParameterError);
  });

  it("is not for those who may not ask", async () => {
    const { as, signers, deployment } = await asking();
    await expectError(as.stranger.requests.create(ASKED), RequesterNotActiveError, {
      provider: signers.stranger.address,
    });
    const grantee = signers.clinic.address;
    await expectError(as.stranger.requests.create({ ...ASKED, grantee }), NotActingForError);
    const reader = await connect({ runner: ethers.provider, deployment });
    await expectError(reader.requests.create(ASKED), NoSignerError);
  });

  it("is an error if another key signs than was said", async () => {
    const { ask, signers } = await asking();
    const sign = ({ domain, types, message }: never) => signers.stranger.signTypedData(domain, types, message);
    const options = { by: { signer: () => Promise.resolve(signers.clinic.address), sign } };
    await expectError(ask({}, options), InvalidSignatureError);
  });
});

describe("requests.verify", () => {
  it("tells who asks, by the name in the directory, and who signed", async () => {
    const { ask, as, signers } = await asking();
    const request = await ask();
    const verified = await as.patient.requests.verify(JSON.stringify(request));
    expect(verified.request).to.deep.equal(request);
    expect(verified.provider).to.include({ provider: signers.clinic.address, name: "clinic", active: true });
    expect(verified.account).to.equal(signers.clinic.address);
  });

  describe("a member's request", () => {
    const member = async ({ as, signers }: Asking, abilities: ["read"] | ["audit"] | []) =>
      as.clinic.providers.setMember({ member: signers.member.address, abilities, until: "until-revoked" });

    it("is the organization's, if it may read in its name", async () => {
      const world = await asking();
      const { as, signers } = world;
      await member(world, ["read"]);
      const request = await as.member.requests.create({ ...ASKED, grantee: signers.clinic.address });
      const { provider, account } = await as.patient.requests.verify(request);
      expect([provider.provider, account]).to.deep.equal([signers.clinic.address, signers.member.address]);
      await member(world, ["audit"]);
      await expectError(as.patient.requests.verify(request), NotActingForError);
    });
  });

  describe("signed by others than plain keys", () => {
    const voices = ({ deployment: { contracts } }: Asking) => ({
      phone: passkey(contracts.ERC7913WebAuthnVerifier.address),
      card: bareKey(contracts.ERC7913P256Verifier.address),
    });

    for (const name of ["phone", "card"] as const) {
      it(`takes that of a ${name}`, async () => {
        const world = await asking();
        const voice = voices(world)[name];
        const { as, signers } = world;
        await as.clinic.providers.setMember({ member: voice.account, abilities: ["read"], until: "until-revoked" });
        const asked = { ...ASKED, grantee: signers.clinic.address };
        const request = await as.stranger.requests.create(asked, { by: by(voice) });
        expect((await as.patient.requests.verify(request)).account).to.equal(voice.account);
        const forged = altered(request, { reason: "Another reason" });
        await expectError(as.patient.requests.verify(forged), InvalidSignatureError, {
          args: { account: voice.account },
        });
      });
    }

    it("takes that of a smart wallet, and nobody else's", async () => {
      const { as, signers } = await asking();
      const wallet = await ethers.deployContract("SmartWallet", [signers.stranger.address]);
      const account = await wallet.getAddress();
      await as.clinic.providers.setMember({ member: account, abilities: ["read"], until: "until-revoked" });
      const signedBy = (key: Signer) => ({
        by: {
          signer: () => Promise.resolve(account),
          sign: ({ domain, types, message }: never) => key.signTypedData(domain, types, message),
        },
      });
      const asked = { ...ASKED, grantee: signers.clinic.address };
      const request = await as.stranger.requests.create(asked, signedBy(signers.stranger));
      expect((await as.patient.requests.verify(request)).account).to.equal(account);
      await expectError(as.stranger.requests.create(asked, signedBy(signers.otherMember)), InvalidSignatureError);
    });

    it("takes no verifier but the deployment's", async () => {
      const { ask, as, signers } = await asking();
      const stranger = await ethers.deployContract("ERC7913P256Verifier");
      const voice = bareKey(await stranger.getAddress());
      await as.clinic.providers.setMember({ member: voice.account, abilities: ["read"], until: "until-revoked" });
      const asked = { ...ASKED, grantee: signers.clinic.address };
      await expectError(as.stranger.requests.create(asked, { by: by(voice) }), UnknownVerifierError);
      const { signature } = await ask();
      const request = altered(await ask(), {}, { signer: voice.signer, signature });
      await expectError(as.patient.requests.verify(request), UnknownVerifierError);
    });

    it("takes a contract that fails, or is not there, for a no", async () => {
      const { ask, as, providers } = await asking();
      const request = await ask();
      const signer = await providers.getAddress();
      await expectError(as.patient.requests.verify({ ...request, signer }), InvalidSignatureError);
      const nobody = `0x${"12".repeat(20)}`;
      await expectError(as.patient.requests.verify({ ...request, signer: nobody }), InvalidSignatureError);
    });
  });

  it("refuses whatever was changed after the signing", async () => {
    const { ask, as, signers } = await asking();
    const request = await ask({ patient: signers.patient.address });
    const changes = {
      grantee: signers.hospital.address,
      patient: signers.otherPatient.address,
      categories: ["LABS"],
      purposes: ["HRESCH"],
      actions: ["access", "use"],
      record: newRecordId(signers.clinic.address),
      programme: newProgrammeId(),
      notBefore: "1",
      expiresAt: "4070908801",
      reason: "To prepare your operation.",
      id: ZeroHash,
      issuedAt: `${BigInt(request.message.issuedAt) - 1n}`,
      deadline: `${BigInt(request.message.deadline) - 1n}`,
    };
    expect(Object.keys(changes)).to.have.members(Object.keys(request.message));
    for (const [name, value] of Object.entries(changes)) {
      await expectError(as.patient.requests.verify(altered(request, { [name]: value })), InvalidSignatureError);
    }
    const flipped = `${request.signature.slice(0, -2)}${request.signature.endsWith("1b") ? "1c" : "1b"}`;
    const broken = ["0x", flipped, `${request.signature}00`, `0x${"ff".repeat(64)}1b`, request.signature.slice(0, -2)];
    for (const signature of broken) {
      await expectError(as.patient.requests.verify({ ...request, signature }), InvalidSignatureError);
    }
  });

  it("refuses one for another contract or chain", async () => {
    const { ask, as, providers } = await asking();
    const request = await ask();
    const elsewhere = { ...request.domain, verifyingContract: await providers.getAddress() };
    await expectError(as.patient.requests.verify({ ...request, domain: elsewhere }), OtherDeploymentError);
    const chain = { ...request.domain, chainId: 1 };
    await expectError(as.patient.requests.verify({ ...request, domain: chain }), OtherDeploymentError, { chainId: 1 });
  });

  it("takes it until the last second of its time", async () => {
    const { ask, as } = await asking();
    const request = await ask();
    const deadline = Number(request.message.deadline);
    await networkHelpers.time.increaseTo(deadline);
    await as.patient.requests.verify(request);
    await networkHelpers.time.increaseTo(deadline + 1);
    await expectError(as.patient.requests.verify(request), RequestNotOpenError, {
      deadline: new Date(deadline * 1000),
    });
  });

  it("refuses one of the future", async () => {
    const { ask, as } = await asking();
    const { message } = await ask();
    const later = BigInt(message.issuedAt) + 3_600_000n;
    const request = altered(await ask(), { issuedAt: String(later) });
    await expectError(as.patient.requests.verify(request), RequestNotOpenError, { issuedAt: new Date(Number(later)) });
  });

  const expire = async ({ as }: Asking, provider: string) => {
    const until = (await networkHelpers.time.latest()) + DAY;
    await as.accreditor.providers.renew({ provider, until });
    await networkHelpers.time.increaseTo(until);
  };
  const endings: [what: string, end: (world: Asking, provider: string) => Promise<unknown>][] = [
    ["is suspended", ({ as }, provider) => as.accreditor.providers.suspend({ provider })],
    ["is revoked", ({ as }, provider) => as.accreditor.providers.revoke({ provider })],
    ["has expired", expire],
  ];
  for (const [what, end] of endings) {
    it(`refuses that of a provider that ${what}`, async () => {
      const world = await asking();
      const provider = world.signers.clinic.address;
      const request = await world.ask();
      await end(world, provider);
      await expectError(world.as.patient.requests.verify(request), RequesterNotActiveError, { provider });
    });
  }

  it("is never a patient's statement, nor one of it a request", async () => {
    const { ask, as } = await asking();
    const source = readFileSync(new URL("../../../contracts/libraries/Statements.sol", import.meta.url), "utf8");
    expect(source).to.include("Grants(").and.not.include("AccessRequest(");
    const request = await ask();
    await expectError(as.stranger.relay.verify(request), InvalidStatementError);
    const { toGrant } = as.clinic.requests;
    const signed = await as.patient.consents.grant.sign(toGrant(request));
    const { signature } = request;
    await networkHelpers.mine();
    await expectError(as.stranger.relay.verify({ ...signed, signature }), InvalidSignatureError);
    const passed = { ...request, signer: signed.signer, signature: signed.signature };
    await expectError(as.patient.requests.verify(passed), InvalidSignatureError);
  });

  it("is an error where the node does not answer", async () => {
    const { ask, deployment } = await asking();
    const request = await ask();
    let down = false;
    const ask_ = ({ method, params }: { method: string; params?: unknown }) => {
      if (down) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return ethers.provider.send(method, params as never[]) as Promise<unknown>;
    };
    const reader = await connect({ runner: { request: ask_ }, deployment });
    await reader.requests.verify(request);
    down = true;
    await expectError(reader.requests.verify(request), NetworkError);
  });
});

describe("requests.toGrant", () => {
  it("is what was asked for", async () => {
    const { ask, as, signers } = await asking();
    const request = await ask();
    const params = as.patient.requests.toGrant(request);
    expect(params).to.deep.equal({
      grantee: signers.clinic.address,
      categories: ["MEDICATIONS", "LABS"],
      purposes: ["TREAT", "ETREAT", "COC", "TREATDS"],
      actions: ["access"],
      until: new Date("2099-01-01T00:00:00Z"),
    });
    const { events } = await as.patient.consents.grant(params);
    expect(events[0]!.scope.kind).to.equal("purpose");
    const question = { patient: signers.patient.address, grantee: signers.clinic.address, purpose: "TREAT" } as const;
    expect((await as.clinic.consents.decide({ ...question, categories: ["LABS"] })).permitted).to.be.true;
  });

  it("names the patient who was asked, the record and the programme", async () => {
    const { ask, as, signers } = await asking();
    const patient = signers.patient.address;
    const record = newRecordId(signers.clinic.address);
    const programme = newProgrammeId();
    const { toGrant } = as.patient.requests;
    const from = "2097-01-01";
    const params = toGrant(await ask({ patient, record, from, until: "until-revoked" }));
    expect(params).to.include({ patient, record, until: "until-revoked" }).and.not.have.property("programme");
    expect(params.from).to.deep.equal(new Date("2097-01-01T00:00:00Z"));
    expect(toGrant(await ask({ programme })))
      .to.include({ programme })
      .and.not.have.any.keys("record", "patient", "from");
  });

  it("can be signed, and delivered by the provider that asked", async () => {
    const { ask, as, signers } = await asking();
    const signed = await as.patient.consents.grant.sign(as.patient.requests.toGrant(await ask()));
    await networkHelpers.mine();
    const { events } = await as.clinic.relay.submit(signed);
    expect(events[0]).to.include({ type: "ConsentGranted", grantee: signers.clinic.address });
  });

  it("can be narrowed", async () => {
    const { ask, as } = await asking();
    const changes = {
      categories: ["LABS"],
      purposes: ["ETREAT"],
      actions: ["access"],
      from: "2090-01-01",
      until: "2091-12-31",
      timeZone: "Europe/Berlin",
    } as const;
    expect(as.patient.requests.toGrant(await ask(), changes)).to.deep.include({
      categories: ["LABS"],
      purposes: ["ETREAT"],
      actions: ["access"],
      from: new Date("2089-12-31T23:00:00Z"),
      until: new Date("2091-12-31T23:00:00Z"),
    });
  });

  const wider: [what: string, changes: object, parameter: string][] = [
    ["another category", { categories: ["LABS", "PSY"] }, "changes.categories"],
    ["another purpose", { purposes: ["TREAT", "HRESCH"] }, "changes.purposes"],
    ["another action", { actions: ["disclose"] }, "changes.actions"],
    ["an earlier start", { from: "2089-12-31" }, "changes.from"],
    ["a later end", { until: "until-revoked" }, "changes.until"],
    ["no categories", { categories: [] }, "changes.categories"],
    ["another grantee", { grantee: ANY_PROVIDER }, "changes.grantee"],
    ["a misspelt change", { catgories: ["LABS"] }, "changes.catgories"],
  ];
  for (const [what, changes, parameter] of wider) {
    it(`can't be widened by ${what}`, async () => {
      const { ask, as } = await asking();
      const request = await ask({ from: "2090-01-01" });
      expect(() => as.patient.requests.toGrant(request, changes))
        .to.throw(InvalidParameterError)
        .with.property("parameter", parameter);
    });
  }

  it("asks for sub-codes one by one, so that they can be granted apart", async () => {
    const { ask, as } = await asking();
    const request = await ask({ purposes: ["ETREAT"] });
    expect(() => as.patient.requests.toGrant(request, { purposes: ["TREAT"] })).to.throw(InvalidParameterError);
  });
});
