import {
  ANY_PROVIDER,
  type Client,
  connect,
  ConsentryError,
  InvalidAddressError,
  InvalidParameterError,
  InvalidSignatureError,
  type LinkAnswer,
  type LinkChallenge,
  NetworkError,
  NoSignerError,
  NotControllerOfError,
  OtherDeploymentError,
  UnknownVerifierError,
  WrongAudienceError,
} from "@consentry/sdk";
import {
  AlreadyLinkedError,
  ChallengeExpiredError,
  MemoryPatientLinkStore,
  PatientLinks,
  type PatientLinksParams,
  type PatientLinkStore,
  PatientLinkStoreError,
  UnknownChallengeError,
} from "@consentry/sdk/server";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { bareKey, passkey } from "../../contracts/control/passkey.js";
import { STATEMENTS } from "../../contracts/control/signing.js";
import type { Signer } from "../../suite.js";
import { by } from "../requests/world.js";
import { ethers, expectError, fixtures, networkHelpers, type World } from "../setup.js";

type ErrorClass = abstract new (...args: never) => Error;

const EHR = "https://ehr.example";
const JANE = { system: "urn:oid:2.16.840.1.113883.19.5", value: "MRN-4711" };
const JOHN = { ...JANE, value: "MRN-4712" };

/** The clinic's EHR, and a patient who answers. */
async function linking(more: Partial<PatientLinksParams> = {}) {
  const world = await fixtures.accredited();
  const store = more.store ?? new MemoryPatientLinkStore();
  const links = new PatientLinks(world.as.clinic, { audience: EHR, store, ...more });
  const patient = world.signers.patient.address;
  const answer = (challenge: LinkChallenge, client: Client = world.as.patient) =>
    client.links.sign(transported(challenge), { from: EHR });
  const link = async (identifier = JANE, address = patient, client?: Client) =>
    links.confirm(transported(await answer(await links.challenge(identifier, address), client)));
  return { ...world, store, links, patient, answer, link };
}

function transported<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

describe("a patient link", () => {
  it("is made by the patient's own key, and found by its identifier", async () => {
    const { links, link, patient } = await linking();
    expect(await links.patientOf(JANE)).to.equal(undefined);
    const made = await link();
    expect(made).to.deep.include({ identifier: JANE, patient });
    expect(await links.patientOf(JANE)).to.equal(patient);
    expect(await links.patientOf(JOHN)).to.equal(undefined);
    expect(await links.patientOf({ ...JANE, system: "urn:oid:2.16" })).to.equal(undefined);
  });

  it("is asked for in plain words, without the identifier", async () => {
    const { links, patient, deployment } = await linking();
    const before = Date.now();
    const challenge = await links.challenge(JANE, patient.toLowerCase());
    const { nonce, issuedAt, deadline, ...said } = challenge.message;
    expect(said).to.deep.equal({
      patient,
      audience: EHR,
      statement: `I want ${EHR} to know that the patient address ${patient} is mine. This gives nobody access to my data.`,
    });
    expect(nonce).to.match(/^0x[0-9a-f]{64}$/);
    expect(Number(issuedAt)).to.be.within(before, Date.now());
    expect(Number(deadline)).to.equal(Math.floor(Number(issuedAt) / 1000) + 600);
    expect(challenge.domain).to.deep.include({
      chainId: 31337,
      verifyingContract: deployment.contracts.ConsentRegistry.address,
    });
    expect(JSON.stringify(challenge)).to.not.include("4711").and.not.include("urn:oid");
    expect((await links.challenge(JANE, patient)).message.nonce).to.not.equal(nonce);
  });

  it("keeps what proves it", async () => {
    const { link, signers } = await linking();
    const { proof } = await link();
    const types = { PatientLink: fieldsOf(proof) };
    const recovered = ethers.verifyTypedData(proof.domain, types, proof.message, proof.signature);
    expect(recovered).to.equal(signers.patient.address);
    expect(proof.nonce).to.equal(proof.message.nonce);
  });

  it("is never a patient's statement", () => {
    const source = readFileSync(new URL("../../../contracts/libraries/Statements.sol", import.meta.url), "utf8");
    expect(source).to.include("Grants(").and.not.include("PatientLink(");
  });

  it("is an error where the identifier has one, be it the same", async () => {
    const { links, link, patient, signers, as, answer } = await linking();
    const early = await links.challenge(JANE, signers.otherPatient.address);
    await link();
    for (const address of [patient, signers.otherPatient.address]) {
      await expectError(links.challenge(JANE, address), AlreadyLinkedError);
    }
    await expectError(links.confirm(await answer(early, as.otherPatient)), AlreadyLinkedError);
    expect(await links.patientOf(JANE)).to.equal(patient);
    await link(JOHN, signers.otherPatient.address, as.otherPatient);
  });

  it("is one alone, of many that are confirmed at once", async () => {
    const { links, patient, answer } = await linking();
    const challenges = await Promise.all(Array.from({ length: 5 }, () => links.challenge(JANE, patient)));
    const answers = await Promise.all(challenges.map((challenge) => answer(challenge)));
    const outcomes = await Promise.allSettled(answers.map((each) => links.confirm(each)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).to.be.instanceOf(AlreadyLinkedError);
    }
  });

  it("can be removed by who knows both, and made anew", async () => {
    const { links, link, patient, signers, as } = await linking();
    await link();
    expect(await links.remove(JANE, signers.otherPatient.address)).to.be.false;
    expect(await links.remove(JOHN, patient)).to.be.false;
    expect(await links.patientOf(JANE)).to.equal(patient);
    expect(await links.remove(JANE, patient.toLowerCase())).to.be.true;
    expect(await links.remove(JANE, patient)).to.be.false;
    await link(JANE, signers.otherPatient.address, as.otherPatient);
    expect(await links.patientOf(JANE)).to.equal(signers.otherPatient.address);
  });

  it("stays when the store's user changes what it got", async () => {
    const { links, link, patient, store } = await linking();
    (await link()).patient = ANY_PROVIDER;
    (await store.find(JANE))!.patient = ANY_PROVIDER;
    expect(await links.patientOf(JANE)).to.equal(patient);
  });
});

describe("a challenge", () => {
  it("is good for one answer", async () => {
    const { links, patient, answer } = await linking();
    const given = await answer(await links.challenge(JANE, patient));
    await links.confirm(given);
    await links.remove(JANE, patient);
    await expectError(links.confirm(given), UnknownChallengeError);
    expect(await links.patientOf(JANE)).to.equal(undefined);
  });

  it("is spent by a wrong answer", async () => {
    const { links, patient, answer } = await linking();
    const challenge = await links.challenge(JANE, patient);
    const right = await answer(challenge);
    const other = await answer(await links.challenge(JANE, patient));
    await expectError(links.confirm({ ...right, signature: other.signature }), InvalidSignatureError);
    await expectError(links.confirm(right), UnknownChallengeError);
  });

  it("is not that of another EHR", async () => {
    const { links, patient, answer, as } = await linking();
    const store = new MemoryPatientLinkStore();
    const other = new PatientLinks(as.hospital, { audience: "https://other.example", store });
    await expectError(other.confirm(await answer(await links.challenge(JANE, patient))), UnknownChallengeError);
  });

  it("passes on no answer to another's challenge for the same nonce", async () => {
    const { links, patient, answer, as, store } = await linking();
    const challenge = await links.challenge(JANE, patient);
    const answered = await answer(challenge);
    const other = new PatientLinks(as.hospital, {
      audience: "https://other.example",
      store: new MemoryPatientLinkStore(),
    });
    const theirs = (await other.challenge(JANE, patient)).message;
    await store.open({ identifier: JOHN, message: { ...theirs, nonce: challenge.message.nonce } });
    await expectError(links.confirm(answered), InvalidSignatureError);
  });

  it("can be answered in its time alone", async () => {
    const { links, patient, answer } = await linking({ lifetime: 1 });
    const late = await answer(await links.challenge(JANE, patient));
    await setTimeout(2_100);
    await expectError(links.confirm(late), ChallengeExpiredError);
    expect(await links.patientOf(JANE)).to.equal(undefined);
  }).timeout(10_000);

  it("is forgotten by the store in memory once it is too late", async () => {
    const { links, patient, answer } = await linking({ lifetime: 1 });
    const late = await answer(await links.challenge(JANE, patient));
    await setTimeout(2_100);
    await links.challenge(JOHN, patient);
    await expectError(links.confirm(late), UnknownChallengeError);
  }).timeout(10_000);
});

describe("an answer", () => {
  it("is given by whoever controls the patient, as a parent of a child", async () => {
    const { links, link, signers, consents } = await linking();
    const salt = `0x${"11".repeat(32)}`;
    await consents.connect(signers.patient).createDependent(salt);
    const child = await consents.dependentOf(signers.patient.address, salt);
    expect((await link(JANE, child)).patient).to.equal(child);
    expect(await links.patientOf(JANE)).to.equal(child);
  });

  it("is refused from the address itself, once another key controls it", async () => {
    const world = await linking();
    const { links, patient, answer, as, signers } = world;
    const early = await answer(await links.challenge(JANE, patient));
    await handOver(world, signers.stranger);
    await expectError(links.confirm(early), NotControllerOfError);
    const challenge = await links.challenge(JANE, patient);
    await expectError(answer(challenge), NotControllerOfError);
    expect((await links.confirm(await answer(challenge, as.stranger))).patient).to.equal(patient);
  });

  it("is refused from everybody else", async () => {
    const { links, patient, answer, as, signers, consents } = await linking();
    const challenge = await links.challenge(JANE, patient);
    await expectError(answer(challenge, as.stranger), NotControllerOfError);
    const until = (await networkHelpers.time.latest()) + 1_000_000;
    await consents
      .connect(signers.patient)
      .appointRepresentative(patient, signers.stranger.address, until - 1_000_000, until);
    await expectError(answer(challenge, as.stranger), NotControllerOfError);
    const sign = await signedBy(signers.stranger, challenge);
    await expectError(links.confirm(sign), NotControllerOfError, {
      args: { patient, account: signers.stranger.address },
    });
  });

  describe("by others than plain keys", () => {
    for (const name of ["phone", "card"] as const) {
      it(`is taken from a ${name}`, async () => {
        const { links, as, deployment } = await linking();
        const { ERC7913WebAuthnVerifier, ERC7913P256Verifier } = deployment.contracts;
        const { account, ...voice } =
          name === "phone" ? passkey(ERC7913WebAuthnVerifier.address) : bareKey(ERC7913P256Verifier.address);
        const challenge = await links.challenge(JANE, account);
        const answered = await as.stranger.links.sign(challenge, { from: EHR, by: by({ account, ...voice }) });
        expect((await links.confirm(answered)).patient).to.equal(account);
      });
    }

    it("is taken from a smart wallet", async () => {
      const { links, signers } = await linking();
      const wallet = await (await ethers.deployContract("SmartWallet", [signers.stranger.address])).getAddress();
      const challenge = await links.challenge(JANE, wallet);
      const { patient } = await links.confirm({ ...(await signedBy(signers.stranger, challenge)), signer: wallet });
      expect(patient).to.equal(wallet);
    });

    it("is refused through a verifier of somebody else", async () => {
      const { links, as } = await linking();
      const stranger = bareKey(await (await ethers.deployContract("ERC7913P256Verifier")).getAddress());
      const challenge = await links.challenge(JANE, stranger.account);
      const options = { from: EHR, by: by(stranger) };
      await expectError(as.stranger.links.sign(challenge, options), UnknownVerifierError);
      const { signer, account } = stranger;
      expect(account).to.equal(challenge.message.patient);
      const answered = { nonce: challenge.message.nonce, signer, signature: `0x${"11".repeat(64)}` };
      await expectError(links.confirm(answered), UnknownVerifierError);
    });
  });

  it("is given to nobody but the site that asked", async () => {
    const { links, patient, as } = await linking();
    const challenge = await links.challenge(JANE, patient);
    await expectError(as.patient.links.sign(challenge, { from: "https://evil.example" }), WrongAudienceError, {
      expected: "https://evil.example",
      audience: EHR,
    });
    for (const from of ["null", "", undefined, `${EHR}/`, "https://EHR.example"]) {
      await expectError(as.patient.links.sign(challenge, { from: from! }), InvalidParameterError, {
        parameter: "options.from",
      });
    }
  });

  it("is not given to what is no challenge for this deployment", async () => {
    const { links, patient, as, signers } = await linking();
    const challenge = await links.challenge(JANE, patient);
    const { domain, message } = challenge;
    const sign = (changed: unknown) => as.patient.links.sign(changed as LinkChallenge, { from: EHR });
    const wrong: [changed: unknown, type: ErrorClass, parameter?: string][] = [
      [undefined, InvalidParameterError, "challenge"],
      [{ ...challenge, primaryType: "Grants" }, InvalidParameterError, "challenge.primaryType"],
      [{ ...challenge, types: {} }, InvalidParameterError, "challenge.types"],
      [{ ...challenge, domain: { ...domain, name: "Other" } }, InvalidParameterError, "challenge.domain"],
      [{ ...challenge, domain: { ...domain, version: "2" } }, InvalidParameterError, "challenge.domain"],
      [{ ...challenge, domain: { ...domain, salt: "0x" } }, InvalidParameterError, "challenge.domain.salt"],
      [{ ...challenge, domain: { ...domain, chainId: 1 } }, OtherDeploymentError],
      [{ ...challenge, domain: { ...domain, verifyingContract: patient } }, OtherDeploymentError],
      [{ ...challenge, message: undefined }, InvalidParameterError, "challenge.message"],
      [{ ...challenge, message: { ...message, extra: 1 } }, InvalidParameterError, "challenge.message.extra"],
      [{ ...challenge, message: { ...message, patient: "me" } }, InvalidAddressError, "challenge.message.patient"],
      [
        { ...challenge, message: { ...message, patient: signers.stranger.address } },
        InvalidParameterError,
        "challenge.message.statement",
      ],
      [
        { ...challenge, message: { ...message, statement: "Yes" } },
        InvalidParameterError,
        "challenge.message.statement",
      ],
      [
        { ...challenge, message: { ...message, audience: `${EHR}/x` } },
        InvalidParameterError,
        "challenge.message.audience",
      ],
      [{ ...challenge, message: { ...message, nonce: "0x" } }, InvalidParameterError, "challenge.message.nonce"],
      [{ ...challenge, message: { ...message, issuedAt: 5 } }, InvalidParameterError, "challenge.message.issuedAt"],
      [{ ...challenge, message: { ...message, deadline: "-1" } }, InvalidParameterError, "challenge.message.deadline"],
      [
        { ...challenge, message: { ...message, deadline: String(2n ** 48n) } },
        InvalidParameterError,
        "challenge.message.deadline",
      ],
    ];
    for (const [changed, type, parameter] of wrong) {
      await expectError(sign(changed), type, parameter === undefined ? {} : { parameter });
    }
  });

  it("is refused if it is none", async () => {
    const { links, patient, answer } = await linking();
    const good = await answer(await links.challenge(JANE, patient));
    const wrong: [changed: unknown, parameter: string][] = [
      [undefined, "answer"],
      [{ ...good, patient }, "answer.patient"],
      [{ ...good, nonce: "0x" }, "answer.nonce"],
      [{ ...good, signer: "me" }, "answer.signer"],
      [{ ...good, signature: undefined }, "answer.signature"],
      [{ ...good, signature: `0x${"00".repeat(9_000)}` }, "answer.signature"],
    ];
    for (const [changed, parameter] of wrong) {
      await expectError(links.confirm(changed as LinkAnswer), InvalidParameterError, { parameter });
    }
    await links.confirm(good);
    const short = { ...(await answer(await links.challenge(JOHN, patient))), signer: "0x12" };
    await expectError(links.confirm(short), InvalidParameterError, { parameter: "signer" });
  });

  it("needs a signer", async () => {
    const { links, patient, deployment } = await linking();
    const reader = await connect({ runner: ethers.provider, deployment });
    const challenge = await links.challenge(JANE, patient);
    await expectError(reader.links.sign(challenge, { from: EHR }), NoSignerError);
  });

  it("is not confirmed while the node does not answer", async () => {
    const { deployment, answer, patient } = await linking();
    let down = false;
    const request = ({ method, params }: { method: string; params?: unknown }) => {
      if (down) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return ethers.provider.send(method, params as never[]) as Promise<unknown>;
    };
    const client = await connect({ runner: { request }, deployment });
    const links = new PatientLinks(client, { audience: EHR, store: new MemoryPatientLinkStore() });
    const given = await answer(await links.challenge(JANE, patient));
    down = true;
    await expectError(links.confirm(given), NetworkError);
    expect(await links.patientOf(JANE)).to.equal(undefined);
  });
});

describe("what is given to links", () => {
  const settings: [what: string, params: object, parameter: string][] = [
    ["an audience with a path", { audience: `${EHR}/link` }, "audience"],
    ["an audience that is a name", { audience: "General Hospital" }, "audience"],
    ["an audience of another kind", { audience: "ftp://ehr.example" }, "audience"],
    ["a lifetime of zero", { lifetime: 0 }, "lifetime"],
    ["a lifetime of more than a day", { lifetime: 86_401 }, "lifetime"],
    ["a lifetime in fractions", { lifetime: 1.5 }, "lifetime"],
    ["a misspelt parameter", { lifetme: 1 }, "lifetme"],
  ];
  for (const [what, params, parameter] of settings) {
    it(`can't be ${what}`, async () => {
      const { as } = await fixtures.accredited();
      const at = () => new PatientLinks(as.clinic, { audience: EHR, store: new MemoryPatientLinkStore(), ...params });
      expect(at).to.throw(InvalidParameterError).with.property("parameter", parameter);
    });
  }

  const identifiers: [what: string, identifier: unknown, parameter: string][] = [
    ["no identifier", undefined, "identifier"],
    ["no system", { value: "4711" }, "identifier.system"],
    ["a system that is no URI", { system: "MRN", value: "4711" }, "identifier.system"],
    ["a system with a space", { system: "urn:oid:2 ", value: "4711" }, "identifier.system"],
    ["a system without end", { system: `urn:${"a".repeat(255)}`, value: "4711" }, "identifier.system"],
    ["no value", { system: JANE.system, value: "" }, "identifier.value"],
    ["a number", { system: JANE.system, value: 4711 }, "identifier.value"],
    ["a value with a space at its end", { system: JANE.system, value: "4711 " }, "identifier.value"],
    ["a value with a space without width", { system: JANE.system, value: "47\u200b11" }, "identifier.value"],
    ["a value without end", { system: JANE.system, value: "1".repeat(256) }, "identifier.value"],
    ["more than system and value", { ...JANE, use: "official" }, "identifier.use"],
  ];
  for (const [what, identifier, parameter] of identifiers) {
    it(`can't be ${what}, and no error repeats it`, async () => {
      const { links, patient } = await linking();
      const calls = [
        () => links.challenge(identifier as never, patient),
        () => links.patientOf(identifier as never),
        () => links.remove(identifier as never, patient),
      ];
      for (const call of calls) {
        const error = await call().then(
          () => undefined,
          (reason: unknown) => reason as InvalidParameterError,
        );
        expect(error).to.be.instanceOf(InvalidParameterError).with.property("parameter", parameter);
        expect(error!.message).to.not.include("4711");
      }
    });
  }

  it("can't be a patient that is none", async () => {
    const { links } = await linking();
    for (const patient of ["Jane", ANY_PROVIDER]) {
      await expectError(links.challenge(JANE, patient), InvalidAddressError, { parameter: "patient" });
      await expectError(links.remove(JANE, patient), InvalidAddressError, { parameter: "patient" });
    }
  });

  it("may be a store that fails: nobody is linked then, and no message tells of whom", async () => {
    const fault = new Error("duplicate key value: MRN-4711");
    for (const method of ["open", "take", "add", "find", "remove"] as const) {
      const store = failing(method, fault);
      const { links, patient, answer } = await linking({ store });
      const all = async () => {
        await links.confirm(await answer(await links.challenge(JANE, patient)));
        await links.remove(JANE, patient);
      };
      const error = await all().then(
        () => undefined,
        (reason: unknown) => reason as ConsentryError,
      );
      expect(error, method).to.be.instanceOf(PatientLinkStoreError).with.property("cause", fault);
      expect(error!.message).to.not.include("4711");
    }
  });
});

/** Puts another key in control of the patient. */
async function handOver({ consents, signers: { patient } }: World, heir: Signer): Promise<void> {
  const issuedAt = BigInt(await networkHelpers.time.latest()) * 1000n;
  const deadline = issuedAt / 1000n + 3_600n;
  const message = { patient: patient.address, controller: heir.address, issuedAt, deadline };
  const domain = {
    name: "Consentry",
    version: "1",
    chainId: 31337,
    verifyingContract: await consents.getAddress(),
  };
  const { AcceptControl } = STATEMENTS;
  const signature = await heir.signTypedData(domain, { AcceptControl: [...AcceptControl] }, message);
  const acceptance = { issuedAt, signer: heir.address, signature };
  await consents.connect(patient).transferControl(patient.address, heir.address, deadline, acceptance);
}

/** A store of which one method fails. */
function failing(method: keyof PatientLinkStore, fault: Error): PatientLinkStore {
  return Object.assign(new MemoryPatientLinkStore(), { [method]: () => Promise.reject(fault) });
}

function fieldsOf({ message }: LinkChallenge): { name: string; type: string }[] {
  const types = new Map(
    Object.entries({ patient: "address", nonce: "bytes32", issuedAt: "uint48", deadline: "uint48" }),
  );
  return Object.keys(message).map((name) => ({ name, type: types.get(name) ?? "string" }));
}

async function signedBy(key: Signer, challenge: LinkChallenge): Promise<LinkAnswer> {
  const types = { PatientLink: fieldsOf(challenge) };
  const signature = await key.signTypedData(challenge.domain, types, challenge.message);
  return { nonce: challenge.message.nonce, signer: key.address, signature };
}
