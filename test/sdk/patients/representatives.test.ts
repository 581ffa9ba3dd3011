import {
  connect,
  InvalidAddressError,
  InvalidDateError,
  InvalidParameterError,
  InvalidPeriodError,
  NoSignerError,
  NotControllerOfError,
  NothingToDeliverError,
  NotSpeakerForError,
} from "@consentry/sdk";
import { expect } from "chai";
import { connection, ethers, expectError, networkHelpers, sent } from "../setup.js";
import { transported } from "../signing/world.js";
import { controlled, DAY, expectRefused, handOver, passkeyVoice, ROUTES } from "./world.js";

describe("patients.appointRepresentative and dismissRepresentative", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("lets an account speak from now until the end", async () => {
        const world = await controlled();
        const { patient, address, spouse, spouseAddress, labs, permitted } = world;
        const until = (await networkHelpers.time.latest()) + DAY;
        const [event] = await say(world, patient, "appointRepresentative", { representative: spouseAddress, until });
        const [listed] = await patient.patients.representatives(address);
        expect(event).to.deep.include({
          type: "RepresentativeAppointed",
          patient: address,
          representative: spouseAddress,
          from: undefined,
          until: new Date(until * 1000),
          statedAt: listed?.statedAt,
          by: address,
        });
        const { events } = await spouse.consents.grant(labs);
        expect(events[0]).to.include({ patient: address, by: spouseAddress });
        expect(await permitted()).to.be.true;
        await networkHelpers.time.increaseTo(until);
        await expectError(spouse.consents.grant(labs), NotSpeakerForError);
        expect(await permitted()).to.be.true;
      });

      it("lets a passkey without funds sign for the patient", async () => {
        const world = await controlled();
        const { as, patient, address, heir, labs, permitted } = world;
        const { account, by } = await passkeyVoice(world);
        const appointment = { representative: account, until: "until-revoked" };
        await say(world, patient, "appointRepresentative", appointment);
        const { events } = await as.stranger.relay.submit(
          transported(await heir.consents.grant.sign({ ...labs, patient: address }, { by })),
        );
        expect(events[0]).to.include({ type: "ConsentGranted", patient: address, by: account });
        expect(await permitted()).to.be.true;
      });

      it("not before the start", async () => {
        const world = await controlled();
        const { patient, address, spouse, spouseAddress: representative, labs } = world;
        const from = (await networkHelpers.time.latest()) + DAY;
        const [event] = await say(world, patient, "appointRepresentative", { representative, from, until: from + DAY });
        expect(event).to.deep.include({ from: new Date(from * 1000), until: new Date((from + DAY) * 1000) });
        const speaks = () => patient.patients.speaksFor({ patient: address, account: representative });
        await networkHelpers.time.increaseTo(from - 10);
        await expectError(spouse.consents.grant(labs), NotSpeakerForError);
        expect(await speaks()).to.be.false;
        await networkHelpers.time.increaseTo(from);
        expect(await speaks()).to.be.true;
        await spouse.consents.grant(labs);
      });

      it("dates include their days", async () => {
        const world = await controlled();
        const { patient, spouseAddress: representative } = world;
        const params = { representative, from: "2098-01-01", until: "2098-12-31", timeZone: "Europe/Berlin" };
        const [event] = await say(world, patient, "appointRepresentative", params);
        expect(event).to.deep.include({
          from: new Date("2097-12-31T23:00:00Z"),
          until: new Date("2098-12-31T23:00:00Z"),
        });
      });

      it("replaces what was said before, and a dismissal ends it; what was granted stays", async () => {
        const world = await controlled();
        const { patient, address, spouse, spouseAddress: representative, labs, permitted } = world;
        await say(world, patient, "appointRepresentative", { representative, until: "until-revoked" });
        await spouse.consents.grant(labs);
        await say(world, patient, "appointRepresentative", { representative, until: "2098-12-31" });
        const [event] = await say(world, patient, "dismissRepresentative", { representative });
        const [listed, ...others] = await patient.patients.representatives(address);
        expect(others).to.deep.equal([]);
        expect(listed).to.include({ representative, status: "dismissed", from: undefined, until: undefined });
        expect(event).to.deep.include({
          type: "RepresentativeDismissed",
          patient: address,
          representative,
          statedAt: listed?.statedAt,
          by: address,
        });
        await expectError(spouse.consents.grant(labs), NotSpeakerForError);
        expect(await permitted()).to.be.true;
      });

      it("is the controller's business: a representative appoints and dismisses nobody", async () => {
        const world = await controlled();
        const { patient, address, spouse, spouseAddress, heirAddress } = world;
        await patient.patients.appointRepresentative({ representative: spouseAddress, until: "until-revoked" });
        const error = { args: { patient: address, account: spouseAddress } };
        const appointment = { patient: address, representative: heirAddress, until: "until-revoked" };
        const dismissal = { patient: address, representative: spouseAddress };
        const before = await sent(world.signers.otherPatient);
        await expectError(say(world, spouse, "appointRepresentative", appointment), NotControllerOfError, error);
        await expectError(say(world, spouse, "dismissRepresentative", dismissal), NotControllerOfError, error);
        await expectError(
          say(world, spouse, "setExclusions", { patient: address, categories: [] }),
          NotControllerOfError,
        );
        expect(await sent(world.signers.otherPatient)).to.equal(before);
      });

      it("with what makes no sense is refused before anything is said", async () => {
        const world = await controlled();
        const { patient, address, spouseAddress: representative, signers } = world;
        const now = await networkHelpers.time.latest();
        const until = now + DAY;
        const wrong = [
          [{ representative: "nobody", until }, InvalidAddressError],
          [{ until }, InvalidAddressError],
          [{ patient: "nobody", representative, until }, InvalidAddressError],
          [{ representative }, InvalidDateError],
          [{ representative, until: "soon" }, InvalidDateError],
          [{ representative, from: "soon", until }, InvalidDateError],
          [{ representative, until, timeZone: "Berlin" }, InvalidParameterError],
          [{ representative, until, since: 0 }, InvalidParameterError],
          [{ representative, from: until, until }, InvalidPeriodError],
          [{ representative, until: now }, InvalidPeriodError],
          [{ representative, until: "2020-01-01" }, InvalidPeriodError],
        ] as const;
        const before = await sent(signers.patient);
        for (const [params, type] of wrong) {
          await expectError(say(world, patient, "appointRepresentative", params as never), type);
        }
        for (const params of [{}, { representative: "nobody" }, { patient: 1, representative }]) {
          await expectError(say(world, patient, "dismissRepresentative", params as never), InvalidAddressError);
        }
        const misspelt = { representive: representative };
        await expectError(say(world, patient, "dismissRepresentative", misspelt as never), InvalidParameterError);
        expect(await sent(signers.patient)).to.equal(before);
        expect(await patient.patients.representatives(address)).to.deep.equal([]);
      });
    });
  }

  it("the last word wins, in whatever order it is delivered, and nothing is paid for what it overtook", async () => {
    const world = await controlled();
    const { as, patient, address, spouseAddress: representative } = world;
    const appoint = await patient.patients.appointRepresentative.sign({ representative, until: "until-revoked" });
    const dismiss = await patient.patients.dismissRepresentative.sign({ representative });
    expect(BigInt(dismiss.message.issuedAt) > BigInt(appoint.message.issuedAt)).to.be.true;
    await as.stranger.relay.submit(dismiss);
    await expectRefused(world, dismiss, NothingToDeliverError);
    await expectRefused(world, appoint, NothingToDeliverError);
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.false;
    const anew = await patient.patients.appointRepresentative.sign({ representative, until: "until-revoked" });
    await as.stranger.relay.submit(anew);
    await expectRefused(world, anew, NothingToDeliverError);
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.true;
  });

  it("of an appointment and a dismissal with one stamp the dismissal wins, and of two appointments the shorter", async () => {
    const world = await controlled();
    const { as, patient, address, deployment, spouseAddress: representative } = world;
    const day = await networkHelpers.time.latest();
    const clients = await Promise.all([1, 2].map(() => connect({ runner: world.signers.patient, deployment })));
    const [long, short] = await Promise.all(
      clients.map((client, i) => {
        const until = day + (2 - i) * DAY;
        return client.patients.appointRepresentative.sign({ representative, until });
      }),
    );
    expect(long!.message.issuedAt).to.equal(short!.message.issuedAt);
    await as.stranger.relay.submit(long);
    await as.stranger.relay.submit(short);
    await expectRefused(world, long, NothingToDeliverError);
    await expectRefused(world, short, NothingToDeliverError);
    const [listed] = await patient.patients.representatives(address);
    expect(listed?.until).to.deep.equal(new Date((day + DAY) * 1000));
  });

  it("a signed dismissal ends an appointment made directly in the newest block", async () => {
    const world = await controlled();
    const { as, patient, address, spouseAddress: representative } = world;
    const appointment = { representative, until: "until-revoked" };
    const appointed = await patient.patients.appointRepresentative(appointment);
    const dismissal = await patient.patients.dismissRepresentative.sign({ representative });
    expect(Number(dismissal.message.issuedAt)).to.be.above(appointed.events[0]!.statedAt.getTime());
    await as.stranger.relay.submit(dismissal);
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.false;
  });

  it("a signed appointment counts after a dismissal made directly in the newest block", async () => {
    const world = await controlled();
    const { as, patient, address, spouseAddress: representative } = world;
    await patient.patients.dismissRepresentative({ representative });
    const signed = await patient.patients.appointRepresentative.sign({ representative, until: "until-revoked" });
    await as.stranger.relay.submit(signed);
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.true;
  });

  it("a dismissal has no deadline and can come years later", async () => {
    const world = await controlled();
    const { as, patient, address, spouseAddress: representative } = world;
    await patient.patients.appointRepresentative({ representative, until: "until-revoked" });
    const options = { deadline: "2100-01-01" };
    await expectError(patient.patients.dismissRepresentative.sign({ representative }, options), InvalidParameterError);
    const dismissal = await patient.patients.dismissRepresentative.sign({ representative });
    expect(dismissal.message).to.have.all.keys("patient", "representative", "issuedAt");
    await networkHelpers.time.increase(800 * DAY);
    await as.stranger.relay.submit(dismissal);
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.false;
  });

  it("what a representative signed before the appointment is not heard; what it signs after is", async () => {
    const world = await controlled();
    const { as, patient, spouse, spouseAddress: representative, labs, permitted } = world;
    const early = await spouse.consents.grant.sign(labs);
    await patient.patients.appointRepresentative({ representative, until: "until-revoked" });
    await expectRefused(world, early, NotSpeakerForError);
    await as.stranger.relay.submit(await spouse.consents.grant.sign(labs));
    expect(await permitted()).to.be.true;
  });

  it("can be built, for somebody else to send; without anybody who signs nothing is", async () => {
    const { patient, address, signers, spouseAddress: representative, deployment } = await controlled();
    const params = { representative, until: "until-revoked" };
    await signers.patient.sendTransaction(await patient.patients.appointRepresentative.request(params));
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.true;
    await signers.patient.sendTransaction(await patient.patients.dismissRepresentative.request({ representative }));
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.false;
    const reader = await connect({ runner: ethers.provider, deployment });
    await expectError(reader.patients.appointRepresentative(params), NoSignerError);
    await expectError(reader.patients.appointRepresentative.sign(params), NoSignerError);
    await expectError(reader.patients.dismissRepresentative({ representative }), NoSignerError);
    const named = await reader.patients.appointRepresentative.request({ ...params, patient: address });
    expect(named).to.have.all.keys("to", "data");
  });
});

describe("patients.representatives", () => {
  it("lists everybody with where the appointment stands, in the order of the last word", async () => {
    const world = await controlled();
    const { patient, address, spouseAddress, heirAddress, signers, spouse } = world;
    const { clinic, hospital, lab } = signers;
    expect(await patient.patients.representatives(address)).to.deep.equal([]);
    const now = await networkHelpers.time.latest();
    const appoint = (representative: string, params: object = {}) =>
      patient.patients.appointRepresentative({ representative, until: "until-revoked", ...params });
    await appoint(spouseAddress);
    await appoint(hospital.address, { until: now + DAY });
    await appoint(clinic.address, { from: now + 3 * DAY });
    const { hash } = await appoint(heirAddress);
    await patient.patients.dismissRepresentative({ representative: lab.address });
    await appoint(spouseAddress, { until: now + 9 * DAY });
    await spouse.patients.appointRepresentative({ representative: lab.address, until: "until-revoked" });
    await networkHelpers.time.increaseTo(now + DAY);
    const listed = await patient.patients.representatives(address);
    expect(listed.map(({ representative, status }) => [representative, status])).to.deep.equal([
      [hospital.address, "expired"],
      [clinic.address, "upcoming"],
      [heirAddress, "live"],
      [lab.address, "dismissed"],
      [spouseAddress, "live"],
    ]);
    expect(listed[2]).to.include({ from: undefined, until: "until-revoked", transaction: hash });
    for (const { representative, status } of listed) {
      const speaks = await patient.patients.speaksFor({ patient: address, account: representative });
      expect(speaks, representative).to.equal(status === "live");
    }
    await handOver(world);
    const after = await patient.patients.representatives(address);
    expect(after.map(({ status }) => status)).to.deep.equal(["void", "void", "void", "dismissed", "void"]);
  });

  it("an appointment in the very block of a transfer is void, if it came before", async () => {
    const world = await controlled();
    const { patient, address, spouseAddress: representative, heir, heirAddress: controller, signers } = world;
    const acceptance = await heir.patients.acceptControl.sign({ patient: address });
    const transactions = [
      await patient.patients.appointRepresentative.request({ representative, until: "until-revoked" }),
      await patient.patients.transferControl.request({ controller, acceptance }),
    ];
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    for (const each of transactions) await signers.patient.sendTransaction({ ...each, gasLimit: 500_000 });
    await connection.provider.request({ method: "evm_setAutomine", params: [true] });
    await networkHelpers.mine();
    const [listed] = await patient.patients.representatives(address);
    const { controlSince } = await patient.patients.get(address);
    expect(listed).to.deep.include({ status: "void", statedAt: controlSince });
    expect(await patient.patients.speaksFor({ patient: address, account: representative })).to.be.false;
  });

  it("of an address of which nothing is known, and of what is no address", async () => {
    const { patient, heirAddress } = await controlled();
    expect(await patient.patients.representatives(heirAddress)).to.deep.equal([]);
    await expectError(patient.patients.representatives("nobody"), InvalidAddressError);
  });
});

describe("patients.speaksFor", () => {
  it("the controller does, from when on it is in control", async () => {
    const world = await controlled();
    const { patient, address, heirAddress } = world;
    const speaks = (account: string) => patient.patients.speaksFor({ patient: address, account });
    expect([await speaks(address), await speaks(heirAddress)]).to.deep.equal([true, false]);
    await handOver(world);
    expect([await speaks(address), await speaks(heirAddress)]).to.deep.equal([false, true]);
  });

  it("takes two addresses by their names", async () => {
    const { patient, address } = await controlled();
    const { speaksFor } = patient.patients;
    await expectError(speaksFor({ patient: "nobody", account: address }), InvalidAddressError, {
      parameter: "patient",
    });
    await expectError(speaksFor({ patient: address } as never), InvalidAddressError, { parameter: "account" });
    await expectError(speaksFor(address as never), InvalidParameterError);
    await expectError(speaksFor({ patient: address, accounts: address } as never), InvalidParameterError);
  });
});
