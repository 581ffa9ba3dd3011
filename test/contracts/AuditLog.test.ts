import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { Suite } from "../suite.js";
import { time } from "./chain.js";
import { actions, ALL_CATEGORIES, categories, purposes } from "./codes.js";
import { fixtures, grant, list, refuse, YEAR } from "./fixtures.js";
import {
  Ability,
  ANY_PROVIDER,
  bare,
  CONDITIONAL,
  DECISIONS,
  GENERAL,
  NOBODY,
  NONE,
  type Outcome,
  programmeId,
  recordId,
} from "./words.js";

const TREAT = purposes("TREAT");
const ACCESS = actions("access");
const LABS = categories("LABS");
const STUDY = programmeId("a study");

interface Entry extends Outcome {
  patient: string;
  grantee: string;
  record: string;
  categories: bigint;
  programme: string;
  purpose: bigint;
  action: bigint;
  by: string;
}

/** The only entry that a transaction logged, unpacked. The packing of the event is known here alone. */
async function entryOf({ audit }: Suite, sending: Promise<ContractTransactionResponse>): Promise<Entry> {
  const receipt = await (await sending).wait();
  expect(receipt!.logs.length).to.equal(1);
  const event = audit.interface.parseLog(receipt!.logs[0]!)!;
  expect(event.name).to.equal("Accessed");
  const [patient, grantee, record, access, programme, scope, by] = event.args as unknown as [
    ...[patient: string, grantee: string, record: string, access: bigint],
    ...[programme: string, scope: string, by: string],
  ];
  const field = (at: bigint, width: bigint) => (access >> at) & ((1n << width) - 1n);
  expect(access >> 113n).to.equal(0n);
  const anyProvider = field(112n, 1n) === 1n;
  return {
    patient,
    grantee,
    record,
    categories: field(0n, 64n),
    programme,
    purpose: field(64n, 32n),
    action: field(96n, 8n),
    decision: DECISIONS[Number(field(104n, 8n))]!,
    holder: anyProvider ? ANY_PROVIDER : scope === NONE ? NOBODY : grantee,
    scope,
    by,
  };
}

describe("AuditLog", () => {
  type World = Suite & { record: string };
  type By = keyof Suite["signers"];
  interface Asked {
    programme?: string;
    purpose?: bigint;
    action?: bigint;
    onBehalfOf?: string;
  }
  type Ask = (world: World, by: By, asked?: Asked) => Promise<{ entry: Entry; returned: string }>;

  const byRecord: Ask = async (world, by, asked = {}) => {
    const { programme = NONE, purpose = TREAT, action = ACCESS, onBehalfOf = NOBODY } = asked;
    const audit = world.audit.connect(world.signers[by]);
    const args = [world.record, programme, purpose, action, onBehalfOf] as const;
    const returned = DECISIONS[Number(await audit.accessRecord.staticCall(...args))]!;
    return { returned, entry: await entryOf(world, audit.accessRecord(...args)) };
  };

  const byCategories: Ask = async (world, by, asked = {}) => {
    const { programme = NONE, purpose = TREAT, action = ACCESS, onBehalfOf = NOBODY } = asked;
    const audit = world.audit.connect(world.signers[by]);
    const args = [world.signers.patient.address, LABS, programme, purpose, action, onBehalfOf] as const;
    const returned = DECISIONS[Number(await audit.accessCategories.staticCall(...args))]!;
    return { returned, entry: await entryOf(world, audit.accessCategories(...args)) };
  };

  it("knows where records are looked up", async () => {
    const { audit, records } = await fixtures.listed();
    expect(await audit.records()).to.equal(await records.getAddress());
  });

  for (const [route, ask] of [
    ["accessRecord", byRecord],
    ["accessCategories", byCategories],
  ] as const) {
    describe(route, () => {
      const isRecord = ask === byRecord;

      /** The entry of an access by the hospital with these changes. */
      function entry({ signers, record }: World, changes: Partial<Entry>): Entry {
        return {
          patient: signers.patient.address,
          grantee: signers.hospital.address,
          record: isRecord ? record : NONE,
          categories: LABS,
          programme: NONE,
          purpose: TREAT,
          action: ACCESS,
          ...bare("NoConsent"),
          by: signers.hospital.address,
          ...changes,
        };
      }

      /** Expects this entry, and its decision to be returned. */
      async function expectEntry(world: World, by: By, asked: Asked, changes: Partial<Entry>): Promise<void> {
        const told = await ask(world, by, asked);
        expect(told.entry).to.deep.equal(entry(world, changes));
        expect(told.returned).to.equal(told.entry.decision);
      }

      it("logs a permit with the word that it rests on", async () => {
        const world = await fixtures.recorded();
        const { hospital } = world.signers;
        await grant(world, hospital, GENERAL);
        await expectEntry(world, "hospital", {}, { decision: "Permit", holder: hospital.address, scope: GENERAL });
      });

      it("logs a permit that rests on ANY_PROVIDER's word", async () => {
        const world = await fixtures.recorded();
        await grant(world, ANY_PROVIDER, GENERAL);
        await expectEntry(world, "hospital", {}, { decision: "Permit", holder: ANY_PROVIDER, scope: GENERAL });
      });

      it("logs what was asked for: programme, purpose and action", async () => {
        const world = await fixtures.recorded();
        const { hospital } = world.signers;
        await grant(world, hospital, STUDY);
        for (const [purpose, action] of [
          [purposes("CLINTRCH"), actions("use")],
          [purposes("HMARKT"), actions("correct")],
        ] as const) {
          const word = { decision: "Permit", holder: hospital.address, scope: STUDY } as const;
          const asked = { programme: STUDY, purpose, action };
          await expectEntry(world, "hospital", asked, { ...asked, ...word });
        }
      });

      it("logs a refusal and does not revert: no consent, withdrawn, not active, conditional", async () => {
        const world = await fixtures.recorded();
        const { accreditor, hospital } = world.signers;
        const word = { holder: hospital.address, scope: GENERAL };
        await expectEntry(world, "hospital", {}, bare("NoConsent"));
        await refuse(world, hospital, GENERAL);
        await expectEntry(world, "hospital", {}, { decision: "Revoked", ...word });
        await grant(world, hospital, GENERAL, { flags: CONDITIONAL });
        await expectEntry(world, "hospital", {}, { decision: "PermitConditional", ...word });
        await world.providers.connect(accreditor).suspend(hospital);
        await expectEntry(world, "hospital", {}, bare("GranteeNotActive"));
      });

      it("logs a question that makes no sense as it was asked", async () => {
        const world = await fixtures.recorded();
        for (const asked of [
          { purpose: 0n },
          { purpose: 3n },
          { action: 0n },
          { action: 255n },
          { programme: GENERAL },
        ]) {
          await expectEntry(world, "hospital", asked, { ...asked, ...bare("InvalidRequest") });
        }
      });

      it("logs the custodian by record only", async () => {
        const world = await fixtures.recorded();
        const { clinic } = world.signers;
        const word = isRecord
          ? bare("PermitCustodian")
          : { decision: "Revoked", holder: clinic.address, scope: GENERAL };
        await expectEntry(world, "clinic", {}, { ...(word as Outcome), grantee: clinic.address, by: clinic.address });
      });

      it("logs who is not listed, too", async () => {
        const world = await fixtures.recorded();
        const { stranger } = world.signers;
        await expectEntry(world, "stranger", {}, { grantee: stranger.address, by: stranger.address });
        await grant(world, stranger, GENERAL);
        const word = { decision: "Permit", holder: stranger.address, scope: GENERAL } as const;
        await expectEntry(world, "stranger", {}, { ...word, grantee: stranger.address, by: stranger.address });
      });

      describe("on behalf", () => {
        it("asks in the organization's name, by a member who may read", async () => {
          const world = await fixtures.recorded();
          const { clinic, member } = world.signers;
          await grant(world, clinic, GENERAL);
          const word = { decision: "Permit", holder: clinic.address, scope: GENERAL } as const;
          const asked = { onBehalfOf: clinic.address };
          await expectEntry(world, "member", asked, { ...word, grantee: clinic.address, by: member.address });
        });

        it("of oneself is as for oneself", async () => {
          const world = await fixtures.recorded();
          await expectEntry(world, "hospital", { onBehalfOf: world.signers.hospital.address }, bare("NoConsent"));
        });

        it("a member's own consent is not the organization's, nor the other way round", async () => {
          const world = await fixtures.recorded();
          const { lab, member } = world.signers;
          await world.providers.connect(lab).setMember(lab, member, Ability.READ, BigInt(await time.latest()) + YEAR);
          await grant(world, member, GENERAL);
          const asked = { onBehalfOf: lab.address };
          await expectEntry(world, "member", asked, { grantee: lab.address, by: member.address });
          await refuse(world, member, GENERAL);
          await grant(world, lab, GENERAL);
          const word = { decision: "Permit", holder: lab.address, scope: GENERAL } as const;
          await expectEntry(world, "member", asked, { ...word, grantee: lab.address, by: member.address });
        });

        const refused: readonly [string, By, By, ((world: World) => Promise<unknown>)?][] = [
          ["a stranger", "stranger", "clinic"],
          ["another organization", "hospital", "clinic"],
          ["its accreditor", "accreditor", "clinic"],
          ["the consortium", "consortium", "clinic"],
          ["a member without READ", "otherMember", "clinic"],
          ["a member of another organization", "member", "hospital"],
          [
            "a member whose membership has ended",
            "member",
            "clinic",
            async ({ providers, signers }) => {
              await time.increaseTo((await providers.membershipOf(signers.clinic, signers.member)).until);
            },
          ],
          ["the organization for its member", "clinic", "member"],
          ["the own key while it is off", "clinic", "clinic", ownKeyOff],
        ];
        async function ownKeyOff({ providers, signers: { clinic, relayer } }: World): Promise<void> {
          await providers
            .connect(clinic)
            .setMember(clinic, relayer, Ability.MANAGE, BigInt(await time.latest()) + YEAR);
          await providers.connect(relayer).setOwnKey(clinic, true);
        }

        for (const [name, by, organization, change] of refused) {
          it(`refuses ${name}, and logs nothing`, async () => {
            const world = await fixtures.recorded();
            const { signers, providers } = world;
            await change?.(world);
            await expect(ask(world, by, { onBehalfOf: signers[organization].address }))
              .to.be.revertedWithCustomError(providers, "NotActingFor")
              .withArgs(signers[by], signers[organization], Ability.READ);
          });
        }

        it("refuses the own key while it is off without naming anybody, too", async () => {
          const world = await fixtures.recorded();
          const { clinic } = world.signers;
          await ownKeyOff(world);
          await expect(ask(world, "clinic"))
            .to.be.revertedWithCustomError(world.providers, "NotActingFor")
            .withArgs(clinic, clinic, Ability.READ);
        });

        it("is refused by decision while the organization is suspended", async () => {
          const world = await fixtures.recorded();
          const { accreditor, clinic, member } = world.signers;
          await grant(world, clinic, GENERAL);
          await world.providers.connect(accreditor).suspend(clinic);
          const changes = { ...bare("GranteeNotActive"), grantee: clinic.address, by: member.address };
          await expectEntry(world, "member", { onBehalfOf: clinic.address }, changes);
        });

        it("the patient is PermitSelf; who asks on behalf of the patient is NoConsent", async () => {
          const world = await fixtures.recorded();
          const { patient, stranger } = world.signers;
          const self = { ...bare("PermitSelf"), grantee: patient.address };
          await expectEntry(world, "patient", {}, { ...self, by: patient.address });
          await expectEntry(world, "patient", { onBehalfOf: patient.address }, { ...self, by: patient.address });
          await listAsPractice(world);
          const asked = { onBehalfOf: patient.address };
          const nothing = { ...bare("NoConsent"), grantee: patient.address, by: stranger.address };
          await expectEntry(world, "stranger", asked, nothing);
        });

        /** The patient is a practice, too, and the stranger works there. */
        async function listAsPractice(world: World): Promise<void> {
          const { accreditor, patient, stranger } = world.signers;
          await list(world, accreditor, patient);
          const until = BigInt(await time.latest()) + YEAR;
          await world.providers.connect(patient).setMember(patient, stranger, Ability.READ, until);
        }
      });
    });
  }

  it("accessRecord logs the labels of the record at the time", async () => {
    const world = await fixtures.recorded();
    const { clinic, hospital } = world.signers;
    await grant(world, hospital, GENERAL, { categories: LABS });
    expect((await byRecord(world, "hospital")).entry).to.include({ decision: "Permit", categories: LABS });
    await world.records.connect(clinic).addLabels(world.record, categories("PSY"));
    const after = { decision: "CategoryNotCovered", categories: categories("LABS", "PSY") };
    expect((await byRecord(world, "hospital")).entry).to.include(after);
  });

  it("accessRecord logs an unknown and an erased record without a patient", async () => {
    const world = await fixtures.recorded();
    const { clinic, hospital } = world.signers;
    await grant(world, hospital, GENERAL);
    await world.records.connect(clinic).erase(world.record);
    for (const record of [world.record, recordId(clinic.address, 99n), NONE, GENERAL]) {
      const { entry, returned } = await byRecord({ ...world, record }, "hospital");
      expect(entry).to.include({ ...bare("NoConsent"), record, patient: NOBODY, categories: 0n });
      expect(returned).to.equal("NoConsent");
    }
  });

  it("accessCategories logs every category that was asked for, and nobody as patient", async () => {
    const world = await fixtures.recorded();
    const { audit, signers } = world;
    const { patient, hospital } = signers;
    await grant(world, hospital, GENERAL);
    const ask = (whose: string, labels: bigint) =>
      entryOf(world, audit.connect(hospital).accessCategories(whose, labels, NONE, TREAT, ACCESS, NOBODY));
    expect(await ask(patient.address, ALL_CATEGORIES)).to.include({ decision: "Permit", categories: ALL_CATEGORIES });
    const all = (1n << 64n) - 1n;
    expect(await ask(patient.address, all)).to.include({ decision: "InvalidRequest", categories: all });
    expect(await ask(patient.address, 0n)).to.include({ decision: "InvalidRequest", categories: 0n });
    expect(await ask(NOBODY, LABS)).to.include({ decision: "InvalidRequest", patient: NOBODY });
  });
});
