import { expect } from "chai";
import { ALL_ACTIONS, ALL_CATEGORIES, ALL_PURPOSES, bitsOf, BTG, actions, purposes } from "../codes.js";
import { grant, refuse } from "../fixtures.js";
import {
  ANY_PROVIDER,
  bare,
  EMERGENCY,
  EVIDENCE,
  familyScope,
  GENERAL,
  NOBODY,
  pack,
  programmeId,
  recordId,
  WIDEST,
} from "../words.js";
import {
  broken,
  decide,
  decideAt,
  type Emergencies,
  expectError,
  LABS,
  load,
  NOTES,
  opened,
  PSY,
  stored,
  WINDOW,
} from "./setup.js";

describe("Break-glass: what it opens", () => {
  const permit = ({ signers }: Emergencies) => ({
    decision: "PermitEmergency",
    holder: signers.clinic.address,
    scope: EMERGENCY,
  });
  const refusal = ({ signers }: Emergencies, decision: string) => ({
    decision,
    holder: signers.clinic.address,
    scope: EMERGENCY,
  });

  async function open(categories = LABS): Promise<Emergencies> {
    const world = await load();
    await broken(world, { categories });
    return world;
  }

  it("nothing before it is broken: no consent", async () => {
    const world = await load();
    expect(await decide(world)).to.deep.equal(bare("NoConsent"));
  });

  it("the purpose BTG and no other", async () => {
    const world = await open();
    for (const purpose of bitsOf(ALL_PURPOSES)) {
      const expected = purpose === BTG ? permit(world) : bare("NoConsent");
      expect(await decide(world, { purpose })).to.deep.equal(expected);
    }
  });

  it("to see and to use, nothing else", async () => {
    const world = await open();
    for (const action of bitsOf(ALL_ACTIONS)) {
      const allowed = (action & actions("access", "use")) !== 0n;
      expect(await decide(world, { action })).to.deep.equal(
        allowed ? permit(world) : refusal(world, "ActionNotCovered"),
      );
    }
  });

  it("the categories that were asked for, all of which must be covered", async () => {
    const world = await open(LABS | PSY);
    for (const categories of [LABS, PSY, LABS | PSY]) {
      expect(await decide(world, { categories })).to.deep.equal(permit(world));
    }
    for (const categories of [NOTES, LABS | NOTES]) {
      expect(await decide(world, { categories })).to.deep.equal(refusal(world, "CategoryNotCovered"));
    }
    const all = await open(ALL_CATEGORIES);
    for (const categories of bitsOf(ALL_CATEGORIES)) {
      expect((await decide(all, { categories })).decision).to.equal("PermitEmergency");
    }
  });

  it("for the window, to the second", async () => {
    const world = await load();
    const at = await broken(world);
    expect(await decideAt(world, at + WINDOW - 1n)).to.equal("PermitEmergency");
    expect(await decideAt(world, at + WINDOW)).to.equal("Expired");
    expect(await decide(world)).to.deep.equal(refusal(world, "Expired"));
  });

  it("in a programme or for a record, too, as neither narrows it", async () => {
    const world = await open();
    const [record, programme] = [recordId(world.signers.clinic.address), programmeId("a study")];
    for (const changes of [{ record }, { programme }, { record, programme }]) {
      expect(await decide(world, changes)).to.deep.equal(permit(world));
    }
  });

  it("as a permit that contracts act on", async () => {
    const world = await open();
    const { consents, signers } = world;
    const asked = {
      patient: signers.patient.address,
      grantee: signers.clinic.address,
      record: `0x${"00".repeat(32)}`,
      programme: `0x${"00".repeat(32)}`,
      purpose: BTG,
      categories: LABS,
      action: actions("access"),
    };
    expect(await consents.check(asked)).to.equal(true);
    expect(await consents.check({ ...asked, categories: NOTES })).to.equal(false);
    const [first] = await consents.decideMany([asked]);
    expect(first![0]).to.equal(3n);
  });

  describe("beside the patient's words", () => {
    it("no general refusal forbids it, neither to this provider nor to any, of before or after", async () => {
      const world = await load();
      const { clinic } = world.signers;
      for (const holder of [clinic, ANY_PROVIDER]) await refuse(world, holder, GENERAL);
      await broken(world);
      expect(await decide(world)).to.deep.equal(permit(world));
      for (const holder of [clinic, ANY_PROVIDER]) await refuse(world, holder, GENERAL);
      expect(await decide(world)).to.deep.equal(permit(world));
    });

    it("nor does a refusal for a family of purposes or a study", async () => {
      const world = await open();
      const programme = programmeId("a study");
      for (const scope of [familyScope("TREAT"), programme]) await refuse(world, world.signers.clinic, scope);
      expect(await decide(world, { programme })).to.deep.equal(permit(world));
    });

    it("a record that the patient hid stays hidden, whether from this provider or from all", async () => {
      const world = await open();
      const { clinic, lab } = world.signers;
      const [own, any, other] = [1n, 2n, 3n].map((random) => recordId(lab.address, random));
      await refuse(world, clinic, own!);
      await refuse(world, ANY_PROVIDER, any!);
      expect(await decide(world, { record: own! })).to.deep.equal({
        decision: "Withheld",
        holder: clinic.address,
        scope: own,
      });
      expect(await decide(world, { record: any! })).to.deep.equal({
        decision: "Withheld",
        holder: ANY_PROVIDER,
        scope: any,
      });
      expect(await decide(world, { record: other! })).to.deep.equal(permit(world));
    });

    it("a consent for the record does not cover BTG, and does not stand in its way", async () => {
      const world = await open();
      const { clinic, lab } = world.signers;
      const record = recordId(lab.address);
      for (const holder of [clinic, ANY_PROVIDER]) await grant(world, holder, record);
      expect(await decide(world, { record })).to.deep.equal(permit(world));
      expect((await decide(world, { record, purpose: purposes("TREAT") })).decision).to.equal("Permit");
      const closed = await decide(world, { record, categories: NOTES });
      expect(closed.decision).to.equal("PurposeNotCovered");
    });

    it("no consent, however wide, permits BTG", async () => {
      const world = await load();
      const { clinic } = world.signers;
      const programme = programmeId("a study");
      for (const holder of [clinic, ANY_PROVIDER]) await grant(world, holder, GENERAL);
      await grant(world, clinic, programme);
      expect(await decide(world)).to.deep.equal(bare("NoConsent"));
      expect(await decide(world, { programme })).to.deep.equal(bare("NoConsent"));
    });

    it("consents for other purposes are what they were", async () => {
      const world = await load();
      const { clinic } = world.signers;
      await grant(world, clinic, GENERAL, { categories: NOTES });
      const treat = { purpose: purposes("TREAT") };
      const before = await decide(world, treat);
      await broken(world);
      expect(await decide(world, treat)).to.deep.equal(before);
      expect((await decide(world, { ...treat, categories: NOTES })).decision).to.equal("Permit");
      expect(await decide(world)).to.deep.equal(permit(world));
    });

    it("the patient's own controller asks for itself", async () => {
      const world = await open();
      expect(await decide(world, { grantee: world.signers.patient.address })).to.deep.equal(bare("PermitSelf"));
    });
  });

  it("cannot be granted: neither the scope nor the purpose, to anybody", async () => {
    const world = await load();
    const { consents, signers } = world;
    const { patient, clinic } = signers;
    const own = consents.connect(patient);
    for (const grantee of [clinic.address, ANY_PROVIDER]) {
      const scope = own.grant(patient, [{ grantee, scope: EMERGENCY, terms: pack() }], EVIDENCE);
      await expectError(world, scope, "EmergencyNotGrantable", grantee);
      for (const asked of [BTG, WIDEST.purposes | BTG]) {
        const terms = pack({ purposes: asked });
        for (const place of [GENERAL, EMERGENCY]) {
          const sending = own.grant(patient, [{ grantee, scope: place, terms }], EVIDENCE);
          await expectError(world, sending, "BreakGlassNotGrantable", asked);
        }
      }
    }
    expect(await stored(world)).to.equal(0n);
  });

  it("is asked for by who it is: not by ANY_PROVIDER, nobody, or for nobody", async () => {
    const world = await open();
    for (const changes of [{ grantee: ANY_PROVIDER }, { grantee: NOBODY }, { patient: NOBODY }, { categories: 0n }]) {
      expect(await decide(world, changes)).to.deep.equal(bare("InvalidRequest"));
    }
  });

  it("for a patient whom nobody knows, too: the word says what was opened", async () => {
    const world = await load();
    const { stranger, clinic } = world.signers;
    const at = await broken(world, { patient: stranger });
    expect(await world.consents.termsOf(stranger, clinic, EMERGENCY)).to.equal(opened(at));
  });
});
