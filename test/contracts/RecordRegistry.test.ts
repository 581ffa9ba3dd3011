import { expect } from "chai";
import { concat, id, keccak256, toBeHex, zeroPadValue } from "ethers";
import { ethers, networkHelpers } from "./chain.js";
import { actions, ALL_CATEGORIES, ALL_KINDS, bitsOf, categories, purposes, undefinedBits } from "./codes.js";
import { fixtures, grant, registration } from "./fixtures.js";
import { decisionCode, EMERGENCY, GENERAL, NOBODY, NONE, ofKind, programmeId, recordId, Status } from "./words.js";

const TREAT = purposes("TREAT");
const COLLECT = { actions: actions("collect") };
const LOCATOR = "0xdeadbeef";

/** The stored pointer as numbers and strings. */
type Pointer = [patient: string, categories: bigint, version: bigint, status: bigint, contentHash: string];

const ERASED: Pointer = [NOBODY, 0n, 0n, BigInt(Status.Erased), NONE];
const UNKNOWN: Pointer = [NOBODY, 0n, 0n, BigInt(Status.Unknown), NONE];

describe("RecordRegistry", () => {
  /** The patient lets the clinic collect everything. */
  async function collecting() {
    const suite = await fixtures.staffed();
    await grant(suite, suite.signers.clinic, GENERAL, COLLECT);
    const { records, signers } = suite;
    const register = (changes: Parameters<typeof registration>[1] = {}, by = signers.clinic) =>
      records.connect(by).register(registration(suite, changes), NONE, TREAT);
    const pointer = async (record: string) => [...(await records.pointerOf(record))] as Pointer;
    return { ...suite, suite, register, pointer, record: recordId(signers.clinic.address) };
  }

  it("knows where consents are asked", async () => {
    const { records, consents } = await fixtures.listed();
    expect(await records.consents()).to.equal(await consents.getAddress());
  });

  describe("register", () => {
    for (const by of ["clinic", "otherMember"] as const) {
      it(`stores the pointer and tells it, by the ${by}`, async () => {
        const { records, signers, register, pointer, record } = await collecting();
        const { patient, clinic } = signers;
        const stated = { categories: categories("LABS", "PSY"), sealedLocator: LOCATOR };
        const registering = register(stated, signers[by]);
        await expect(registering)
          .to.emit(records, "RecordRegistered")
          .withArgs(record, patient, clinic, stated.categories, id("a result"), signers[by]);
        await expect(registering).to.emit(records, "LocatorSealed").withArgs(record, LOCATOR);
        const stored: Pointer = [patient.address, stated.categories, 1n, BigInt(Status.Registered), id("a result")];
        expect(await pointer(record)).to.deep.equal(stored);
      });
    }

    it("tells no locator where there is none", async () => {
      const { records, register } = await collecting();
      await expect(register()).not.to.emit(records, "LocatorSealed");
    });

    for (const [name, record] of [
      ["zero", NONE],
      ["a scope", GENERAL],
      ["break-glass", EMERGENCY],
      ["a programme", programmeId("a study")],
      ["one without a custodian", ofKind(3, "0x01")],
    ] as const) {
      it(`refuses an id that is ${name}`, async () => {
        const { records, register } = await collecting();
        await expect(register({ record })).to.be.revertedWithCustomError(records, "InvalidRecordId").withArgs(record);
      });
    }

    it("refuses an id that is registered, or was", async () => {
      const { records, signers, register, pointer, record } = await collecting();
      await register();
      await expect(register())
        .to.be.revertedWithCustomError(records, "RecordExists")
        .withArgs(record, Status.Registered);
      await records.connect(signers.clinic).erase(record);
      await expect(register()).to.be.revertedWithCustomError(records, "RecordExists").withArgs(record, Status.Erased);
      expect(await pointer(record)).to.deep.equal(ERASED);
    });

    it("refuses a record of nobody, and one without a hash", async () => {
      const { records, register, record } = await collecting();
      await expect(register({ patient: NOBODY }))
        .to.be.revertedWithCustomError(records, "InvalidPatient")
        .withArgs(NOBODY);
      await expect(register({ contentHash: NONE }))
        .to.be.revertedWithCustomError(records, "InvalidContentHash")
        .withArgs(record);
    });

    it("refuses labels without a kind of data, and every undefined one", async () => {
      const { records, register } = await collecting();
      const kind = categories("LABS");
      const wrong = [
        0n,
        ...bitsOf(ALL_CATEGORIES & ~ALL_KINDS),
        ...undefinedBits(ALL_CATEGORIES, 64).map((bit) => bit | kind),
      ];
      for (const labels of wrong) {
        await expect(register({ categories: labels }))
          .to.be.revertedWithCustomError(records, "InvalidLabels")
          .withArgs(labels);
      }
    });

    it("takes every kind of data, and every sensitivity beside one", async () => {
      const { records, signers, register } = await collecting();
      const kind = categories("LABS");
      for (const [i, bit] of bitsOf(ALL_CATEGORIES).entries()) {
        const labels = (bit & ALL_KINDS) === 0n ? bit | kind : bit;
        const record = recordId(signers.clinic.address, BigInt(i));
        await expect(register({ record, categories: labels })).to.emit(records, "RecordRegistered");
      }
    });
  });

  describe("the consent to collect", () => {
    const asked = async (labels: bigint, programme = NONE, purpose = TREAT) => {
      const suite = await fixtures.staffed();
      const { records, signers } = suite;
      const call = () =>
        records.connect(signers.clinic).register(registration(suite, { categories: labels }), programme, purpose);
      const refused = (decision: Parameters<typeof decisionCode>[0]) =>
        expect(call())
          .to.be.revertedWithCustomError(records, "CollectionNotPermitted")
          .withArgs(recordId(signers.clinic.address), decisionCode(decision));
      const taken = () => expect(call()).to.emit(records, "RecordRegistered");
      return { suite, clinic: signers.clinic, refused, taken };
    };

    it("is needed for every kind of data, and for no sensitivity", async () => {
      const { suite, clinic, refused, taken } = await asked(categories("LABS", "NOTES", "PSY", "VERY_RESTRICTED"));
      await refused("NoConsent");
      await grant(suite, clinic, GENERAL, { ...COLLECT, categories: categories("LABS", "PSY") });
      await refused("CategoryNotCovered");
      await grant(suite, clinic, GENERAL, { ...COLLECT, categories: categories("LABS", "NOTES") });
      await taken();
    });

    it("is needed for the action and the purpose", async () => {
      const { suite, clinic, refused, taken } = await asked(categories("LABS"));
      await grant(suite, clinic, GENERAL, { actions: actions("access", "use", "disclose", "correct") });
      await refused("ActionNotCovered");
      await grant(suite, clinic, GENERAL, { ...COLLECT, purposes: purposes("COC") });
      await refused("PurposeNotCovered");
      await grant(suite, clinic, GENERAL, { ...COLLECT, purposes: TREAT });
      await taken();
    });

    it("may be one for a programme, named", async () => {
      const study = programmeId("a study");
      const { suite, clinic, taken } = await asked(categories("LABS"), study);
      await grant(suite, clinic, study, COLLECT);
      await taken();
    });

    it("for a programme does not serve without it", async () => {
      const { suite, clinic, refused } = await asked(categories("LABS"));
      await grant(suite, clinic, programmeId("a study"), COLLECT);
      await refused("NoConsent");
    });

    it("is not one for the record, nor a conditional one", async () => {
      const { suite, clinic, refused } = await asked(categories("LABS"));
      await grant(suite, clinic, recordId(clinic.address), COLLECT);
      await refused("NoConsent");
      await grant(suite, clinic, GENERAL, { ...COLLECT, flags: 1n });
      await refused("PermitConditional");
    });

    for (const purpose of [0n, purposes("TREAT", "COC"), 1n << 30n]) {
      it(`takes one purpose, not ${purpose}`, async () => {
        const { suite, clinic, refused } = await asked(categories("LABS"), NONE, purpose);
        await grant(suite, clinic, GENERAL);
        await refused("InvalidRequest");
      });
    }

    describe("for what the custodian keeps about itself", () => {
      async function own() {
        const suite = await fixtures.staffed();
        const { clinic } = suite.signers;
        return { ...suite, clinic, stated: registration(suite, { patient: clinic.address }) };
      }

      it("is not needed by its own key", async () => {
        const { records, clinic, stated } = await own();
        const registering = records.connect(clinic).register(stated, NONE, TREAT);
        await expect(registering).to.emit(records, "RecordRegistered");
      });

      it("is not there for its members: the key's owner is the patient, not they", async () => {
        const { records, signers, stated } = await own();
        const directory = records.connect(signers.otherMember);
        for (const registering of [
          directory.register(stated, NONE, TREAT),
          directory.registerBatch([stated], NONE, TREAT),
        ]) {
          await expect(registering)
            .to.be.revertedWithCustomError(records, "CollectionNotPermitted")
            .withArgs(stated.record, decisionCode("PermitSelf"));
        }
      });
    });
  });

  describe("registerBatch", () => {
    it("registers each under one purpose, and nothing for none", async () => {
      const { records, signers, suite, pointer } = await collecting();
      const ids = [1n, 2n, 3n].map((random) => recordId(signers.clinic.address, random));
      const batch = ids.map((record) => registration(suite, { record, sealedLocator: LOCATOR }));
      await records.connect(signers.clinic).registerBatch(batch, NONE, TREAT);
      for (const record of ids) expect((await pointer(record))[3]).to.equal(BigInt(Status.Registered));
      expect(
        (await records.queryFilter(records.filters.RecordRegistered())).map(({ args }) => args.record),
      ).to.deep.equal(ids);
      const none = await (await records.connect(signers.clinic).registerBatch([], NONE, TREAT)).wait();
      expect(none?.logs).to.deep.equal([]);
    });

    it("is all or nothing", async () => {
      const { records, signers, suite, pointer, record } = await collecting();
      const twice = [registration(suite), registration(suite)];
      await expect(records.connect(signers.clinic).registerBatch(twice, NONE, TREAT))
        .to.be.revertedWithCustomError(records, "RecordExists")
        .withArgs(record, Status.Registered);
      expect(await pointer(record)).to.deep.equal(UNKNOWN);
    });
  });

  describe("amend", () => {
    it("puts the next version in place, by the custodian and by its member", async () => {
      const { records, signers, register, pointer, record } = await collecting();
      await register();
      const before = await pointer(record);
      for (const [version, by] of [
        [2n, signers.clinic],
        [3n, signers.otherMember],
      ] as const) {
        const contentHash = id(`version ${version}`);
        const amending = records.connect(by).amend(record, contentHash, LOCATOR);
        await expect(amending).to.emit(records, "RecordAmended").withArgs(record, version, contentHash, by);
        await expect(amending).to.emit(records, "LocatorSealed").withArgs(record, LOCATOR);
        expect(await pointer(record)).to.deep.equal([before[0], before[1], version, before[3], contentHash]);
      }
      await expect(records.connect(signers.clinic).amend(record, id("4"), "0x")).not.to.emit(records, "LocatorSealed");
    });

    it("refuses a content without a hash", async () => {
      const { records, signers, register, record } = await collecting();
      await register();
      await expect(records.connect(signers.clinic).amend(record, NONE, "0x"))
        .to.be.revertedWithCustomError(records, "InvalidContentHash")
        .withArgs(record);
    });

    it("ends with the version 16,777,215", async () => {
      const { records, signers, register, pointer, record } = await collecting();
      await register();
      const slot = keccak256(concat([record, zeroPadValue("0x00", 32)]));
      const target = await records.getAddress();
      const word = BigInt(await ethers.provider.getStorage(target, slot));
      const versionAt = 224n;
      expect((word >> versionAt) & 0xff_ffffn).to.equal(1n);
      const last = word | (0xff_fffen << versionAt);
      await networkHelpers.setStorageAt(target, slot, toBeHex(last ^ (1n << versionAt), 32));
      expect((await pointer(record))[2]).to.equal(0xff_fffen);
      await records.connect(signers.clinic).amend(record, id("the last"), "0x");
      expect((await pointer(record))[2]).to.equal(0xff_ffffn);
      await expect(records.connect(signers.clinic).amend(record, id("one more"), "0x"))
        .to.be.revertedWithCustomError(records, "TooManyVersions")
        .withArgs(record);
    });
  });

  describe("addLabels", () => {
    it("only adds, and tells all of them", async () => {
      const { records, signers, register, pointer, record } = await collecting();
      await register();
      const all = categories("LABS", "PSY");
      const adding = (labels: bigint) => records.connect(signers.clinic).addLabels(record, labels);
      await expect(adding(categories("PSY")))
        .to.emit(records, "LabelsAdded")
        .withArgs(record, all, signers.clinic);
      expect((await pointer(record))[1]).to.equal(all);
      for (const known of [categories("PSY"), categories("LABS"), all]) {
        await expect(adding(known)).not.to.emit(records, "LabelsAdded");
      }
      expect((await pointer(record)).slice(1)).to.deep.equal([all, 1n, BigInt(Status.Registered), id("a result")]);
    });

    it("refuses none and every undefined one", async () => {
      const { records, signers, register, record } = await collecting();
      await register();
      const wrong = undefinedBits(ALL_CATEGORIES, 64);
      for (const labels of [0n, ...wrong, ...wrong.map((bit) => bit | categories("PSY"))]) {
        await expect(records.connect(signers.clinic).addLabels(record, labels))
          .to.be.revertedWithCustomError(records, "InvalidLabels")
          .withArgs(labels);
      }
    });
  });

  it("erase forgets everything but that there was a record", async () => {
    const { records, signers, register, pointer, record } = await collecting();
    await register();
    await expect(records.connect(signers.otherMember).erase(record))
      .to.emit(records, "RecordErased")
      .withArgs(record, signers.otherMember);
    expect(await pointer(record)).to.deep.equal(ERASED);
  });
});
