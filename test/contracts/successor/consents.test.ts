import { expect } from "chai";
import { actions, purposes } from "../codes.js";
import type { Emergencies } from "../emergency/setup.js";
import { grant, list, registration, request } from "../fixtures.js";
import { Ability, ANY_PROVIDER, bare, familyScope, GENERAL, NONE, outcome, programmeId, recordId } from "../words.js";
import { LINES } from "./setup.js";

const PROGRAMME = programmeId("a programme");

/** The laboratory keeps a record of the patient in both; of consents none is left, nor any word of the clinic. */
async function recorded(world: Emergencies): Promise<string> {
  const { consents, records, signers } = world;
  const record = recordId(signers.stranger.address);
  await grant(world, signers.stranger, GENERAL, { actions: actions("collect") });
  await records.connect(signers.stranger).register(registration(world, { record }), NONE, purposes("TREAT"));
  await consents.connect(signers.patient).revoke(signers.patient, [{ grantee: signers.stranger, scope: GENERAL }]);
  return record;
}

for (const { name, loadEmergencies } of LINES) {
  describe(`ConsentRegistrySuccessor, ${name}: consents of the old one`, () => {
    async function load() {
      const line = await loadEmergencies();
      const { accreditor, stranger } = line.old.signers;
      await list(line.old, accreditor, stranger, { capabilities: Ability.CONTRIBUTE });
      const record = await recorded(line.old);
      await recorded(line.now);
      return { ...line, record };
    }

    const PLACES: Record<string, (world: Emergencies & { record: string }) => [grantee: string, scope: string]> = {
      GENERAL: ({ signers }) => [signers.clinic.address, GENERAL],
      "ANY_PROVIDER, GENERAL": () => [ANY_PROVIDER, GENERAL],
      "a family of purposes": ({ signers }) => [signers.clinic.address, familyScope("TREAT")],
      "a record": ({ signers, record }) => [signers.clinic.address, record],
      "a programme": ({ signers }) => [signers.clinic.address, PROGRAMME],
    };

    for (const [place, where] of Object.entries(PLACES)) {
      it(`${place}: permit nothing here, and count when given again`, async () => {
        const { old, now, record } = await load();
        const { signers } = old;
        const [grantee, scope] = where({ ...old, record });
        const question = request(now, { record, programme: scope === PROGRAMME ? PROGRAMME : NONE });
        const terms = scope.startsWith("0x02") ? { purposes: purposes("TREAT") } : {};
        const answers = async ({ consents, records, signers: { clinic } }: Emergencies) => {
          const { programme, purpose, action } = question;
          const [decision, holder, place] = await records.decideRecord(clinic, record, programme, purpose, action);
          return {
            decide: outcome(await consents.decide(question)),
            many: (await consents.decideMany([question, question])).map((one) => outcome(one)),
            check: await consents.check(question),
            record: outcome([decision, holder, place]),
          };
        };
        await grant(old, grantee, scope, terms);
        const permit = { decision: "Permit", holder: grantee, scope } as const;
        const permitted = { decide: permit, many: [permit, permit], check: true, record: permit };
        const nothing = bare("NoConsent");
        expect(await answers(old)).to.deep.equal(permitted);
        expect(await answers(now)).to.deep.equal({
          decide: nothing,
          many: [nothing, nothing],
          check: false,
          record: nothing,
        });
        expect(await now.consents.termsOf(signers.patient, grantee, scope)).to.equal(0n);
        await grant(now, grantee, scope, terms);
        expect(await answers(now)).to.deep.equal(permitted);
        await old.consents.connect(signers.patient).revokeAll(signers.patient);
        expect((await answers(old)).check).to.equal(false);
        expect(await answers(now)).to.deep.equal(permitted);
      });
    }

    it("a withdrawal here says nothing about the old one", async () => {
      const { old, now } = await load();
      const { signers } = old;
      for (const world of [old, now]) await grant(world, signers.clinic, GENERAL);
      await now.consents.connect(signers.patient).revokeAll(signers.patient);
      expect(await now.consents.check(request(now))).to.equal(false);
      expect(await old.consents.check(request(old))).to.equal(true);
      expect(await old.consents.voidBeforeOf(signers.patient)).to.equal(0n);
    });
  });
}
