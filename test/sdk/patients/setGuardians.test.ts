import {
  type Guardians,
  InvalidAddressError,
  InvalidDelayError,
  InvalidParameterError,
  newGuardians,
  NotControllerOfError,
  NothingToDeliverError,
} from "@consentry/sdk";
import { expect } from "chai";
import { AbiCoder, id, keccak256, ZeroHash } from "ethers";
import { expectError, networkHelpers, sent } from "../setup.js";
import { controlled, type Controlled, DAY, direct, expectRefused, handOver, keyVoice, ROUTES } from "./world.js";

/** The formula of docs/control.md. */
function commitmentOf({ patient, accounts, threshold, salt }: Guardians): string {
  const types = ["bytes32", "address", "tuple(address[] accounts, uint256 threshold, bytes32 salt)"];
  const values = [id("consentry.Guardians"), patient, { accounts, threshold, salt }];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

/** Fresh guardians of the patient. */
function some({ address: patient }: Controlled, count = 3, threshold = 2): Guardians {
  const accounts = Array.from({ length: count }, () => keyVoice().account);
  return newGuardians({ patient, accounts, threshold });
}

describe("newGuardians", () => {
  it("makes what must be kept, as plain JSON, with a salt of 256 bits, each time another", async () => {
    const world = await controlled();
    const [one, other] = [some(world), some(world)];
    expect(JSON.parse(JSON.stringify(one))).to.deep.equal(one);
    expect(one).to.have.all.keys("patient", "accounts", "threshold", "salt");
    expect(one.salt).to.match(/^0x[0-9a-f]{64}$/);
    expect(one.salt).not.to.equal(other.salt);
  });

  it("keeps the order of the accounts, each with its checksum", () => {
    const accounts = [keyVoice().account, keyVoice().account, keyVoice().account].sort().reverse();
    const patient = keyVoice().account;
    const lower = accounts.map((each) => each.toLowerCase());
    const guardians = newGuardians({ patient: patient.toLowerCase(), accounts: lower, threshold: 3 });
    expect(guardians).to.deep.include({ patient, accounts, threshold: 3 });
  });

  it("refuses what could never recover anything", () => {
    const patient = keyVoice().account;
    const [a, b] = [keyVoice().account, keyVoice().account];
    const fine = { patient, accounts: [a, b], threshold: 2 };
    newGuardians(fine);
    newGuardians({ ...fine, threshold: 1 });
    const wrong: [parameter: string, params: object][] = [
      ["threshold", { ...fine, threshold: 0 }],
      ["threshold", { ...fine, threshold: 3 }],
      ["threshold", { ...fine, threshold: 1.5 }],
      ["threshold", { ...fine, threshold: "2" }],
      ["threshold", { patient, accounts: [a, b] }],
      ["accounts", { ...fine, accounts: [] }],
      ["accounts", { ...fine, accounts: a }],
      ["accounts[1]", { ...fine, accounts: [a, a] }],
      ["accounts[1]", { ...fine, accounts: [a, a.toLowerCase()] }],
      ["accounts[1]", { ...fine, accounts: [a, patient] }],
      ["salt", { ...fine, salt: id("guess") }],
    ];
    for (const [parameter, params] of wrong) {
      expect(() => newGuardians(params as never), parameter)
        .to.throw(InvalidParameterError)
        .with.property("parameter", parameter);
    }
    expect(() => newGuardians({ ...fine, patient: "me" })).to.throw(InvalidAddressError);
    expect(() => newGuardians({ ...fine, accounts: [a, "b"] }))
      .to.throw(InvalidAddressError)
      .with.property("parameter", "accounts[1]");
  });
});

describe("patients.setGuardians", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("puts the first in office at once, and shows only their commitment", async () => {
        const world = await controlled();
        const { patient, address } = world;
        const guardians = some(world);
        const commitment = commitmentOf(guardians);
        const [event] = await say(world, patient, "setGuardians", { guardians, delay: { days: 3 } });
        const { timestamp } = await world.consents.runner!.provider!.getBlock("latest").then((block) => block!);
        expect(event).to.deep.include({
          type: "GuardiansChanged",
          patient: address,
          commitment,
          delay: 3 * DAY,
          effectiveAt: new Date(timestamp * 1000),
          by: address,
        });
        expect((await patient.patients.get(address)).guardians).to.deep.equal({
          commitment,
          delay: 3 * DAY,
          next: undefined,
        });
      });

      it("lets others follow after the delay of those in office", async () => {
        const world = await controlled();
        const { patient, address } = world;
        const [first, second] = [some(world), some(world)];
        await say(world, patient, "setGuardians", { guardians: first, delay: DAY });
        const [event] = await say(world, patient, "setGuardians", { guardians: second, delay: { days: 30 } });
        const state = await patient.patients.get(address);
        const effectiveAt = (event as { effectiveAt: Date }).effectiveAt;
        expect(state.guardians).to.deep.equal({
          commitment: commitmentOf(first),
          delay: DAY,
          next: { commitment: commitmentOf(second), delay: 30 * DAY, effectiveAt },
        });
        await networkHelpers.time.increaseTo(effectiveAt.getTime() / 1000 - 1);
        expect((await patient.patients.get(address)).guardians?.commitment).to.equal(commitmentOf(first));
        await networkHelpers.time.increaseTo(effectiveAt.getTime() / 1000);
        expect((await patient.patients.get(address)).guardians).to.deep.equal({
          commitment: commitmentOf(second),
          delay: 30 * DAY,
          next: undefined,
        });
      });

      it("ends it with nobody, after the delay", async () => {
        const world = await controlled();
        const { patient, address } = world;
        const guardians = some(world);
        await say(world, patient, "setGuardians", { guardians, delay: DAY });
        const [event] = await say(world, patient, "setGuardians", { guardians: "nobody" });
        expect(event).to.include({ patient: address, commitment: undefined, delay: 0 });
        const { next } = (await patient.patients.get(address)).guardians!;
        expect(next).to.include({ commitment: undefined, delay: 0 });
        await networkHelpers.time.increaseTo(next!.effectiveAt.getTime() / 1000);
        expect((await patient.patients.get(address)).guardians).to.be.undefined;
      });

      it("a transfer of control keeps those in office, and drops who were to follow", async () => {
        const world = await controlled();
        const { patient, address } = world;
        const [first, second] = [some(world), some(world)];
        await say(world, patient, "setGuardians", { guardians: first, delay: DAY });
        await say(world, patient, "setGuardians", { guardians: second, delay: DAY });
        await handOver(world);
        expect((await patient.patients.get(address)).guardians).to.deep.equal({
          commitment: commitmentOf(first),
          delay: DAY,
          next: undefined,
        });
      });

      it("takes a delay of 1 to 30 days, in seconds or days", async () => {
        const world = await controlled();
        const { patient } = world;
        const guardians = some(world);
        for (const delay of [DAY - 1, 30 * DAY + 1, 0, -DAY, { days: 0 }, { days: 31 }]) {
          await expectError(say(world, patient, "setGuardians", { guardians, delay }), InvalidDelayError);
        }
        const wrong = [NaN, DAY + 0.5, Infinity, "1", { days: "1" }, { days: 0.99999 }, { day: 1 }, undefined, null];
        for (const delay of wrong as never[]) {
          await expectError(say(world, patient, "setGuardians", { guardians, delay }), InvalidParameterError);
        }
        for (const delay of [DAY, { days: 1.5 }, 30 * DAY]) {
          const [event] = await say(world, patient, "setGuardians", { guardians, delay });
          expect(event).to.include({ delay: typeof delay === "number" ? delay : 1.5 * DAY });
        }
      });

      it("takes what newGuardians made, whole and unchanged in form", async () => {
        const world = await controlled();
        const { patient, signers } = world;
        const guardians = some(world);
        const delay = DAY;
        const wrong = [
          [undefined, "params"],
          [{ delay }, "guardians"],
          [{ guardians: "everybody", delay }, "guardians"],
          [{ guardians: { ...guardians, extra: 1 }, delay }, "guardians.extra"],
          [{ guardians: { ...guardians, threshold: 4 }, delay }, "guardians.threshold"],
          [{ guardians: { ...guardians, salt: "0x12" }, delay }, "guardians.salt"],
          [{ guardians: { ...guardians, accounts: [] }, delay }, "guardians.accounts"],
          [{ guardians, delay, patient: world.address }, "patient"],
          [{ guardians: "nobody", delay }, "delay"],
        ] as const;
        const before = await sent(signers.patient);
        for (const [params, parameter] of wrong) {
          await expectError(say(world, patient, "setGuardians", params as never), InvalidParameterError, { parameter });
        }
        const nobodys = { guardians: { ...guardians, patient: "nobody" }, delay };
        await expectError(say(world, patient, "setGuardians", nobodys), InvalidAddressError);
        expect(await sent(signers.patient)).to.equal(before);
      });

      it("is the controller's business", async () => {
        const world = await controlled();
        const { spouse, address, spouseAddress } = world;
        const error = { args: { patient: address, account: spouseAddress } };
        const params = { guardians: some(world), delay: DAY };
        await expectError(say(world, spouse, "setGuardians", params), NotControllerOfError, error);
        const nobody = { guardians: "nobody", patient: address } as const;
        await expectError(say(world, spouse, "setGuardians", nobody), NotControllerOfError, error);
      });
    });
  }

  it("what is delivered says nothing of who the guardians are", async () => {
    const world = await controlled();
    const guardians = some(world);
    const signed = await world.patient.patients.setGuardians.sign({ guardians, delay: DAY });
    const text = JSON.stringify(signed).toLowerCase();
    for (const secret of [...guardians.accounts, guardians.salt]) {
      expect(text).not.to.contain(secret.slice(2).toLowerCase());
    }
    expect(signed.message).to.include({ commitment: commitmentOf(guardians), delay: String(DAY) });
  });

  it("one that another overtook, or that was delivered, is not paid for", async () => {
    const world = await controlled();
    const { as, patient, address } = world;
    const [first, second] = [some(world), some(world)];
    const old = await patient.patients.setGuardians.sign({ guardians: first, delay: DAY });
    const signed = await patient.patients.setGuardians.sign({ guardians: second, delay: DAY });
    await as.stranger.relay.submit(signed);
    await expectRefused(world, signed, NothingToDeliverError);
    await expectRefused(world, old, NothingToDeliverError);
    expect((await patient.patients.get(address)).guardians?.commitment).to.equal(commitmentOf(second));
  });

  it("signed after a direct word in the newest block it counts", async () => {
    const world = await controlled();
    const { as, patient, address } = world;
    const next = some(world);
    await direct.say(world, patient, "setGuardians", { guardians: some(world), delay: DAY });
    await as.stranger.relay.submit(await patient.patients.setGuardians.sign({ guardians: next, delay: DAY }));
    expect((await patient.patients.get(address)).guardians?.next?.commitment).to.equal(commitmentOf(next));
  });

  it("can be built, for somebody else to send", async () => {
    const world = await controlled();
    const { patient, address, signers } = world;
    const guardians = some(world);
    await signers.patient.sendTransaction(await patient.patients.setGuardians.request({ guardians, delay: DAY }));
    const { commitment } = (await patient.patients.get(address)).guardians!;
    expect(commitment).to.equal(commitmentOf(guardians));
    expect(commitment).not.to.equal(ZeroHash);
  });
});
