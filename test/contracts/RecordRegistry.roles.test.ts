import { expect } from "chai";
import { id } from "ethers";
import type { Suite, Signers } from "../suite.js";
import { time } from "./chain.js";
import { actions, categories, purposes } from "./codes.js";
import { fixtures, grant, OFFICES, registration, YEAR } from "./fixtures.js";
import { Ability, GENERAL, NONE, recordId } from "./words.js";

type Role = keyof Signers;

/** Every function that writes, for the record of the clinic. */
const WRITES = {
  register: ({ records, ...suite }: Suite, by: Role, record: string) =>
    records
      .connect(suite.signers[by])
      .register(registration({ records, ...suite }, { record }), NONE, purposes("TREAT")),
  registerBatch: ({ records, ...suite }: Suite, by: Role, record: string) =>
    records
      .connect(suite.signers[by])
      .registerBatch([registration({ records, ...suite }, { record })], NONE, purposes("TREAT")),
  amend: ({ records, signers }: Suite, by: Role, record: string) =>
    records.connect(signers[by]).amend(record, id("new"), "0x"),
  addLabels: ({ records, signers }: Suite, by: Role, record: string) =>
    records.connect(signers[by]).addLabels(record, categories("PSY")),
  erase: ({ records, signers }: Suite, by: Role, record: string) => records.connect(signers[by]).erase(record),
} as const;

type Verb = keyof typeof WRITES;

const VERBS = Object.keys(WRITES) as Verb[];
const EDITS = ["amend", "addLabels", "erase"] as const;

describe("RecordRegistry: roles", () => {
  /** A clinic that may collect; its record is registered unless that is what is to be tried. */
  async function world(verb: Verb) {
    const suite = await fixtures.staffed();
    const { clinic } = suite.signers;
    const record = recordId(clinic.address);
    await grant(suite, clinic, GENERAL, { actions: actions("collect") });
    if ((EDITS as readonly string[]).includes(verb)) await WRITES.register(suite, "clinic", record);
    return { suite, record };
  }

  async function expectRefused(verb: Verb, by: Role, change?: (suite: Suite) => Promise<unknown>) {
    const { suite, record } = await world(verb);
    await change?.(suite);
    await expect(WRITES[verb](suite, by, record))
      .to.be.revertedWithCustomError(suite.records, "NotContributor")
      .withArgs(suite.signers[by], suite.signers.clinic);
  }

  it("the table names every function that changes something", async () => {
    const { records } = await fixtures.listed();
    const names: string[] = [];
    records.interface.forEachFunction(({ name, stateMutability }) => {
      if (stateMutability === "nonpayable") names.push(name);
    });
    expect(VERBS).to.have.members(names);
  });

  for (const verb of VERBS) {
    const others: Role[] = [...OFFICES.filter((role) => role !== "clinic"), "lab", "patient", "member", "stranger"];
    for (const by of others) {
      it(`${verb}: the ${by} must not`, () => expectRefused(verb, by));
    }

    it(`${verb}: a member who may contribute does it`, async () => {
      const { suite, record } = await world(verb);
      await expect(WRITES[verb](suite, "otherMember", record)).to.emit(suite.records, EVENTS[verb]);
    });

    for (const by of ["clinic", "otherMember"] as const) {
      it(`${verb}: not the ${by} once the clinic is suspended`, () =>
        expectRefused(verb, by, ({ providers, signers }) =>
          providers.connect(signers.accreditor).suspend(signers.clinic),
        ));

      it(`${verb}: not the ${by} once the clinic may not contribute`, () =>
        expectRefused(verb, by, ({ providers, signers }) =>
          providers.connect(signers.accreditor).setCapabilities(signers.clinic, 0),
        ));

      it(`${verb}: not the ${by} once the accreditation has ended`, () =>
        expectRefused(verb, by, async ({ providers, signers }) => {
          const end = BigInt(await time.latest()) + 100n;
          await providers.connect(signers.accreditor).renew(signers.clinic, end);
          await time.increaseTo(end);
        }));
    }

    it(`${verb}: not the clinic's own key while it is off`, () =>
      expectRefused(verb, "clinic", async ({ providers, signers }) => {
        const { clinic, relayer } = signers;
        await providers.connect(clinic).setMember(clinic, relayer, Ability.MANAGE, BigInt(await time.latest()) + YEAR);
        await providers.connect(relayer).setOwnKey(clinic, true);
      }));

    it(`${verb}: not a member who was removed`, () =>
      expectRefused(verb, "otherMember", ({ providers, signers }) =>
        providers.connect(signers.clinic).setMember(signers.clinic, signers.otherMember, 0, 0),
      ));
  }

  for (const verb of EDITS) {
    it(`${verb}: no record that is unknown, erased, or not one`, async () => {
      const { suite, record } = await world(verb);
      const { clinic } = suite.signers;
      await suite.records.connect(clinic).erase(record);
      for (const missing of [record, recordId(clinic.address, 99n), NONE, GENERAL]) {
        await expect(WRITES[verb](suite, "clinic", missing))
          .to.be.revertedWithCustomError(suite.records, "RecordUnknown")
          .withArgs(missing);
      }
    });
  }

  it("a custodian can't write a record in another's name, whatever the patient consents to", async () => {
    const { suite } = await world("register");
    const { clinic, hospital } = suite.signers;
    await grant(suite, hospital, GENERAL, { actions: actions("collect") });
    const foreign = recordId(hospital.address);
    await expect(WRITES.register(suite, "clinic", foreign))
      .to.be.revertedWithCustomError(suite.records, "NotContributor")
      .withArgs(clinic, hospital);
    await expect(WRITES.register(suite, "hospital", foreign)).to.emit(suite.records, "RecordRegistered");
  });
});

const EVENTS: Record<Verb, string> = {
  register: "RecordRegistered",
  registerBatch: "RecordRegistered",
  amend: "RecordAmended",
  addLabels: "LabelsAdded",
  erase: "RecordErased",
};
