import { type Client, InvalidAddressError, InvalidParameterError } from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import { auditEventOf } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { ethers, expectError, networkHelpers } from "../setup.js";
import { BURST, equipped, nextAt, REASON, WINDOW } from "./world.js";

const SECOND = 1_000;

/** Two patients and two providers: four emergencies, each at another hour of one window. */
async function several() {
  const world = await equipped();
  const { emergency, providers, signers, patient, clinic } = world;
  const [other, hospital] = [signers.otherPatient.address, signers.hospital.address];
  await providers.connect(signers.consortium).setEmergency(hospital, true);
  const subjects: string[] = [];
  for (const [who, whose] of [
    ["clinic", patient],
    ["hospital", patient],
    ["clinic", other],
    ["clinic", patient],
  ] as const) {
    const opened = await emergency[who].breakGlass({ patient: whose, categories: ["LABS"], reason: REASON });
    subjects.push(opened.subject);
    await networkHelpers.time.increase(1_800);
  }
  return { ...world, other, hospital, clinic, subjects };
}

describe("emergency.history", () => {
  it("tells who broke the glass, when, until when, and why in a hash", async () => {
    const { emergency, patient, clinic, breakGlass } = await equipped();
    const opened = await breakGlass("LABS");
    const entries = await emergency.stranger.history();
    const block = await ethers.provider.getBlock(opened.blockNumber);
    const time = new Date(block!.timestamp * SECOND);
    expect(entries).to.deep.equal([
      {
        ...opened.events[0]!,
        subject: opened.subject,
        time,
        until: new Date(time.getTime() + WINDOW * SECOND),
        state: "open",
        endedBy: undefined,
        reviews: [],
        verdict: undefined,
      },
    ]);
    expect(entries[0]).to.include({ patient, grantee: clinic, by: clinic });
  });

  it("is empty where nobody broke anything", async () => {
    const { emergency } = await equipped();
    expect(await emergency.patient.history()).to.deep.equal([]);
  });

  it("keeps what was broken again in the same window apart", async () => {
    const { emergency, breakGlass } = await equipped();
    const first = await breakGlass("LABS");
    await networkHelpers.time.increase(3_600);
    await breakGlass("ALLERGIES");
    const [one, two] = await emergency.patient.history();
    expect(two!.statedAt).to.deep.equal(one!.statedAt);
    expect(two!.time.getTime() - one!.time.getTime()).to.be.at.least(3_600 * SECOND);
    expect(two!.until).to.deep.equal(first.until);
    expect(two!.subject).to.not.equal(one!.subject);
    expect(one!.terms.categories).to.deep.equal(["LABS"]);
  });

  describe("says where it stands:", () => {
    it("open to the last second of the window, then over", async () => {
      const { emergency, breakGlass } = await equipped();
      const { until } = await breakGlass("LABS");
      const state = async () => (await emergency.patient.history())[0]!.state;
      await nextAt(new Date(until.getTime() - SECOND));
      await networkHelpers.mine();
      expect(await state()).to.equal("open");
      await nextAt(until);
      await networkHelpers.mine();
      expect(await state()).to.equal("over");
    });

    it("ended by the patient's refusal of break-glass", async () => {
      const { as, emergency, breakGlass, patient, clinic } = await equipped();
      await breakGlass("LABS");
      const { hash, blockNumber } = await as.patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
      const [entry] = await emergency.clinic.history();
      const block = await ethers.provider.getBlock(blockNumber);
      const time = new Date(block!.timestamp * SECOND);
      expect(entry!.state).to.equal("ended");
      expect(entry!.endedBy).to.deep.include({ type: "ConsentRevoked", by: patient, transaction: hash, time });
      await networkHelpers.time.increase(2 * WINDOW);
      expect((await emergency.clinic.history())[0]!.state).to.equal("ended");
    });

    it("ended for every provider by the withdrawal of everything", async () => {
      const { as, emergency, subjects, other } = await several();
      const { hash } = await as.patient.consents.revokeAll();
      const entries = await emergency.stranger.history();
      expect(entries.map(({ subject }) => subject)).to.deep.equal(subjects);
      expect(entries.map(({ state }) => state)).to.deep.equal(["ended", "ended", "open", "ended"]);
      for (const { patient, endedBy } of entries) {
        if (patient === other) expect(endedBy).to.equal(undefined);
        else expect(endedBy).to.include({ type: "AllRevoked", transaction: hash });
      }
    });

    it("ended to one provider, open to the other", async () => {
      const { as, emergency, patient, hospital } = await several();
      await as.patient.consents.revoke({ grantee: hospital, purpose: "BTG" });
      const entries = await emergency.stranger.history({ patient });
      expect(entries.map(({ state }) => state)).to.deep.equal(["open", "ended", "open"]);
    });

    it("open after a withdrawal from the provider in general, of another purpose, or of another patient", async () => {
      const { as, emergency, patient, clinic } = await several();
      await as.patient.consents.revoke({ grantee: clinic });
      await as.patient.consents.revoke({ grantee: clinic, purpose: "TREAT" });
      await as.otherPatient.consents.revokeAll();
      const entries = await emergency.stranger.history({ patient });
      expect(entries.map(({ state }) => state)).to.deep.equal(["open", "open", "open"]);
    });

    for (const [when, before, state] of [
      ["in its last second", SECOND, "ended"],
      ["in the second in which it was over", 0, "over"],
    ] as const) {
      it(`${state} where the patient refused ${when}`, async () => {
        const { as, emergency, breakGlass, clinic } = await equipped();
        const { until } = await breakGlass("LABS");
        await nextAt(new Date(until.getTime() - before));
        await as.patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
        const [entry] = await emergency.patient.history();
        expect(entry!.state).to.equal(state);
        expect(entry!.endedBy === undefined).to.equal(state === "over");
      });
    }

    it("open where what the patient signed before was delivered after", async () => {
      const { as, emergency, breakGlass, decide } = await equipped();
      const signed = await as.patient.consents.revokeAll.sign({});
      await networkHelpers.time.increase(10);
      await breakGlass("LABS");
      await as.relayer.relay.submit(signed);
      expect((await decide()).decision).to.equal("PermitEmergency");
      expect((await emergency.patient.history())[0]).to.include({ state: "open", endedBy: undefined });
    });

    it("ended where it was signed in the window and delivered by a relay", async () => {
      const { as, emergency, breakGlass, decide, clinic, patient } = await equipped();
      await breakGlass("LABS");
      await networkHelpers.time.increase(10);
      await as.relayer.relay.submit(await as.patient.consents.revoke.sign({ grantee: clinic, purpose: "BTG" }));
      expect((await decide()).decision).to.equal("Revoked");
      const [entry] = await emergency.patient.history();
      expect(entry!.endedBy).to.include({ type: "ConsentRevoked", by: patient });
    });

    for (const [how, end] of [
      ["a refusal", (client: Client, grantee: string) => client.consents.revoke({ grantee, purpose: "BTG" })],
      ["the withdrawal of everything", (client: Client) => client.consents.revokeAll()],
    ] as const) {
      it(`of an earlier window ended by ${how}, of the next one open`, async () => {
        const { as, emergency, breakGlass, clinic } = await equipped();
        await breakGlass("LABS");
        await end(as.patient, clinic);
        await networkHelpers.time.increase(WINDOW + 1);
        await breakGlass("LABS");
        const entries = await emergency.patient.history();
        expect(entries.map(({ state }) => state)).to.deep.equal(["ended", "open"]);
      });
    }

    it("at an earlier block, and at a time, what was so then", async () => {
      const { as, emergency, breakGlass, clinic } = await equipped();
      const { blockNumber, until } = await breakGlass("LABS");
      const { blockNumber: later } = await as.patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
      const stateAt = async (at: number | Date) =>
        (await emergency.patient.history({}, { at })).map(({ state }) => state);
      expect(await stateAt(blockNumber - 1)).to.deep.equal([]);
      expect(await stateAt(blockNumber)).to.deep.equal(["open"]);
      expect(await stateAt(later)).to.deep.equal(["ended"]);
      await networkHelpers.time.increase(2 * WINDOW);
      expect(await stateAt(until)).to.deep.equal(["ended"]);
    });

    it("at a time after the window over, though no block came since", async () => {
      const { emergency, breakGlass } = await equipped();
      const { until } = await breakGlass("LABS");
      await networkHelpers.time.increase(2 * WINDOW);
      const [entry] = await emergency.patient.history({}, { at: until });
      expect(entry!.state).to.equal("over");
      const [before] = await emergency.patient.history({}, { at: new Date(until.getTime() - 1) });
      expect(before!.state).to.equal("open");
    });
  });

  it("of a patient, to a provider, of both, and from a block on", async () => {
    const { emergency, subjects, patient, clinic, hospital, other } = await several();
    const found = async (params: object) => {
      return (await emergency.stranger.history(params)).map(({ subject }) => subjects.indexOf(subject));
    };
    expect(await found({})).to.deep.equal([0, 1, 2, 3]);
    expect(await found({ patient })).to.deep.equal([0, 1, 3]);
    expect(await found({ grantee: clinic })).to.deep.equal([0, 2, 3]);
    expect(await found({ patient: patient.toLowerCase(), grantee: clinic })).to.deep.equal([0, 3]);
    expect(await found({ patient: other, grantee: hospital })).to.deep.equal([]);
    const [, , third] = await emergency.stranger.history();
    expect(await found({ fromBlock: third!.blockNumber })).to.deep.equal([2, 3]);
  });

  it("has the reviews of each, and of no other", async () => {
    const { emergency, subjects } = await several();
    await emergency.reviewer.review({ subject: subjects[1]!, verdict: "unjustified" });
    await emergency.reviewer.review({ subject: subjects[3]!, verdict: "justified" });
    const entries = await emergency.stranger.history();
    expect(entries.map(({ verdict }) => verdict)).to.deep.equal([undefined, "unjustified", undefined, "justified"]);
    expect(entries.map(({ reviews }) => reviews.length)).to.deep.equal([0, 1, 0, 1]);
  });

  it("goes on from every cursor, and each entry knows what came after it", async () => {
    const { as, emergency, subjects } = await several();
    await emergency.reviewer.review({ subject: subjects[0]!, verdict: "justified" });
    await as.patient.consents.revokeAll();
    const all = await emergency.stranger.history();
    const reading = emergency.stranger.history();
    let seen = 0;
    for await (const entry of reading) {
      expect(entry).to.deep.equal(all[seen]);
      seen += 1;
      const rest = await emergency.stranger.history({}, { cursor: reading.cursor });
      expect(rest).to.deep.equal(all.slice(seen));
    }
    expect(seen).to.equal(4);
    expect(await emergency.stranger.history({}, { cursor: reading.cursor })).to.deep.equal([]);
  });

  it("names each by its transaction, whose, to whom, what and why", async () => {
    const { emergency, breakGlass } = await equipped();
    const { events } = await breakGlass("LABS");
    const event = events[0]!;
    const { subjectOf } = emergency.stranger;
    const changes = [
      { terms: { ...event.terms, categories: [...event.terms.categories, "PSY" as const] } },
      { patient: event.grantee },
      { grantee: event.patient },
      { transaction: event.reasonHash },
      { reasonHash: event.transaction },
    ];
    const subjects = changes.map((change) => subjectOf({ ...event, ...change }));
    expect(new Set([subjectOf(event), ...subjects]).size).to.equal(6);
  });

  it("reads with one filter where there are more than a filter can name", async () => {
    const { as, emergency, consents, signers, patient, clinic } = await equipped();
    const count = 101;
    const patients = Array.from({ length: count }, () => ethers.Wallet.createRandom().address);
    for (const [i, each] of [...patients, patient].entries()) {
      if (i % BURST === 0) await networkHelpers.time.increase(24 * 3600);
      await consents.connect(signers.clinic).breakGlass(clinic, each, 1n, ethers.id(each));
    }
    await as.patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
    const entries = await emergency.stranger.history();
    expect(entries).to.have.length(count + 1);
    await emergency.reviewer.review({ subject: entries[7]!.subject, verdict: "justified" });
    const again = await emergency.stranger.history();
    expect(again.flatMap(({ verdict }, i) => (verdict === undefined ? [] : [i]))).to.deep.equal([7]);
    expect(again.flatMap(({ state }, i) => (state === "ended" ? [i] : []))).to.deep.equal([count]);
  });

  it("gives what an AuditEvent is made of", async () => {
    const { emergency, breakGlass } = await equipped();
    await breakGlass("LABS");
    const [entry] = await emergency.patient.history();
    const event = auditEventOf(entry!, {
      chainId: 31337,
      observer: { reference: "Device/gateway" },
      time: entry!.time,
    });
    expect(event.subtype![0]!.code).to.equal("110127");
    expect(event.recorded).to.equal(entry!.time.toISOString());
  });

  it("refuses what is no address, and what is misspelt", async () => {
    const { emergency } = await equipped();
    for (const params of [{ patient: "x" }, { grantee: "x" }, { grantee: ethers.ZeroAddress }]) {
      await expectError(emergency.patient.history(params), InvalidAddressError);
    }
    for (const [params, parameter] of [
      [{ pateint: "x" }, "pateint"],
      [{ fromBlock: -1 }, "fromBlock"],
      [{ fromBlock: "latest" }, "fromBlock"],
    ] as const) {
      await expectError(emergency.patient.history(params as object), InvalidParameterError, { parameter });
    }
    await expectError(emergency.patient.history({}, { cursor: "x" }), InvalidParameterError, { parameter: "cursor" });
  });
});

describe("emergency.left", () => {
  it("tells how often an organization can break the glass, at any block", async () => {
    const { emergency, breakGlass, clinic } = await equipped();
    const before = await ethers.provider.getBlockNumber();
    expect(await emergency.stranger.left(clinic)).to.equal(20);
    await breakGlass("LABS");
    await breakGlass("LABS");
    expect(await emergency.stranger.left(clinic)).to.equal(18);
    expect(await emergency.stranger.left(clinic, { at: before })).to.equal(20);
    await networkHelpers.time.increase(24 * 3600);
    expect(await emergency.stranger.left(clinic)).to.equal(20);
  });

  it("refuses what is no provider", async () => {
    const { emergency } = await equipped();
    await expectError(emergency.stranger.left("x"), InvalidAddressError);
  });
});

describe("emergencyOf", () => {
  it("refuses what connect did not return", () => {
    expect(() => emergencyOf({} as never)).to.throw(InvalidParameterError);
  });

  it("reads without anybody who signs", async () => {
    const { as, breakGlass } = await equipped();
    await breakGlass("LABS");
    const reader = createClient(contextOf(as.clinic.deployment, waysOf(ethers.provider)));
    expect(await emergencyOf(reader).history()).to.have.length(1);
  });
});
