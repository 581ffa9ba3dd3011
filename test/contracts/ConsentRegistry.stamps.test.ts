import { expect } from "chai";
import type { Suite } from "../suite.js";
import { type Call, contractPatient, encode } from "./calls.js";
import { GAS, inOneBlock, stampOf, time, timeOf } from "./chain.js";
import { purposes } from "./codes.js";
import { decide, fixtures, request } from "./fixtures.js";
import {
  ANY_PROVIDER,
  EVIDENCE,
  familyScope,
  GENERAL,
  pack,
  programmeId,
  recordId,
  tombstone,
  UNTIL_REVOKED,
} from "./words.js";

const CAP = 1000n;

/** The patient's calls in one block. Returns the present of that block as a stamp, and the number of events of each call. */
async function say({ consents, signers: { patient } }: Suite, calls: readonly Call[]) {
  const receipts = await inOneBlock(() =>
    calls.map((call) => {
      const [name, args] = encode(patient.address, call);
      return consents
        .connect(patient)
        .getFunction(name)
        .send(...args, GAS);
    }),
  );
  expect(new Set(receipts.map(({ blockNumber }) => blockNumber)).size).to.equal(1);
  return { now: stampOf(await timeOf(receipts[0]!)), events: receipts.map(({ logs }) => logs.length) };
}

async function stampAt({ consents, signers: { patient } }: Suite, grantee: string, scope: string): Promise<bigint> {
  return ((await consents.termsOf(patient, grantee, scope)) >> 200n) & UNTIL_REVOKED;
}

describe("ConsentRegistry: stamps", () => {
  async function world() {
    const suite = await fixtures.listed();
    const clinic = suite.signers.clinic.address;
    return { suite, clinic, record: recordId(clinic), study: programmeId("a study"), family: familyScope("TREAT") };
  }

  type Place = "clinic" | "hospital" | "any";
  type Scope = "GENERAL" | "record" | "study" | "family";
  type Saying = readonly ["grant" | "revoke", Place, Scope] | readonly ["revokeAll"];

  /** What is said in one block; the stamps that each place has then, less the present; may the clinic see the record? */
  interface Sequence {
    name: string;
    said: readonly Saying[];
    stamps: readonly (readonly [Place, Scope, bigint])[];
    voidBefore?: bigint;
    /** The calls that change something; all if absent. */
    events?: readonly number[];
    decision: string;
  }

  const grant = (scope: Scope, place: Place = "clinic") => ["grant", place, scope] as const;
  const revoke = (scope: Scope, place: Place = "clinic") => ["revoke", place, scope] as const;
  const revokeAll = ["revokeAll"] as const;

  const SEQUENCES: readonly Sequence[] = [
    { name: "a grant", said: [grant("record")], stamps: [["clinic", "record", 0n]], decision: "Permit" },
    {
      name: "grant, revoke",
      said: [grant("record"), revoke("record")],
      stamps: [["clinic", "record", 0n]],
      decision: "Withheld",
    },
    {
      name: "revoke, grant",
      said: [revoke("record"), grant("record")],
      stamps: [["clinic", "record", 0n]],
      decision: "Permit",
    },
    {
      name: "GENERAL grant, revoke",
      said: [grant("GENERAL"), revoke("GENERAL")],
      stamps: [["clinic", "GENERAL", 0n]],
      decision: "Revoked",
    },
    {
      name: "GENERAL revoke, grant",
      said: [revoke("GENERAL"), grant("GENERAL")],
      stamps: [["clinic", "GENERAL", 0n]],
      decision: "Permit",
    },
    {
      name: "revokeAll, grant: lives",
      said: [revokeAll, grant("record")],
      stamps: [["clinic", "record", 1n]],
      voidBefore: 0n,
      decision: "Permit",
    },
    {
      name: "grant, revokeAll: dead",
      said: [grant("record"), revokeAll],
      stamps: [["clinic", "record", 0n]],
      voidBefore: 0n,
      decision: "Revoked",
    },
    {
      name: "revokeAll, grant, revokeAll: dead",
      said: [revokeAll, grant("record"), revokeAll],
      stamps: [["clinic", "record", 1n]],
      voidBefore: 1n,
      decision: "Revoked",
    },
    {
      name: "revokeAll, grant, revokeAll, the same grant: lives again",
      said: [revokeAll, grant("GENERAL"), revokeAll, grant("GENERAL")],
      stamps: [["clinic", "GENERAL", 2n]],
      voidBefore: 1n,
      decision: "Permit",
    },
    {
      name: "revokeAll, revoke: the refusal comes after it",
      said: [revokeAll, revoke("record")],
      stamps: [["clinic", "record", 1n]],
      voidBefore: 0n,
      decision: "Withheld",
    },
    ...(["record", "study", "family"] as const).flatMap((scope): Sequence[] => [
      {
        name: `GENERAL revoke, grant for the ${scope}: dead, as it is of the very second`,
        said: [revoke("GENERAL"), grant(scope)],
        stamps: [
          ["clinic", "GENERAL", 0n],
          ["clinic", scope, 0n],
        ],
        decision: "Revoked",
      },
      {
        name: `grant for the ${scope}, GENERAL revoke: dead`,
        said: [grant(scope), revoke("GENERAL")],
        stamps: [
          ["clinic", scope, 0n],
          ["clinic", "GENERAL", 0n],
        ],
        decision: "Revoked",
      },
      {
        name: `GENERAL revoke, grant for the ${scope}, GENERAL revoke: dead`,
        said: [revoke("GENERAL"), grant(scope), revoke("GENERAL")],
        stamps: [
          ["clinic", scope, 0n],
          ["clinic", "GENERAL", 0n],
        ],
        events: [1, 1, 0],
        decision: "Revoked",
      },
      {
        name: `GENERAL revoke, revokeAll, grant for the ${scope}: lives, as revokeAll comes in between`,
        said: [revoke("GENERAL"), revokeAll, grant(scope)],
        stamps: [
          ["clinic", "GENERAL", 0n],
          ["clinic", scope, 1n],
        ],
        voidBefore: 0n,
        decision: "Permit",
      },
    ]),
    {
      name: "ANY_PROVIDER's GENERAL revoke, its grant for the family: dead, as it is of the very second",
      said: [revoke("GENERAL", "any"), grant("family", "any")],
      stamps: [
        ["any", "GENERAL", 0n],
        ["any", "family", 0n],
      ],
      decision: "Revoked",
    },
    {
      name: "ANY_PROVIDER's grant for the record, its GENERAL revoke: dead",
      said: [grant("record", "any"), revoke("GENERAL", "any")],
      stamps: [
        ["any", "record", 0n],
        ["any", "GENERAL", 0n],
      ],
      decision: "Revoked",
    },
    {
      name: "another's GENERAL revoke, grant: moves nothing",
      said: [revoke("GENERAL", "hospital"), revoke("GENERAL", "any"), grant("record")],
      stamps: [["clinic", "record", 0n]],
      decision: "Permit",
    },
    {
      name: "GENERAL grants, a narrower grant: moves nothing",
      said: [grant("GENERAL"), grant("GENERAL"), grant("record")],
      stamps: [
        ["clinic", "GENERAL", 0n],
        ["clinic", "record", 0n],
      ],
      events: [1, 0, 1],
      decision: "Permit",
    },
    {
      name: "revokeAll moves what is said after it alone",
      said: [grant("GENERAL"), revokeAll, grant("record"), revoke("record")],
      stamps: [
        ["clinic", "GENERAL", 0n],
        ["clinic", "record", 1n],
      ],
      voidBefore: 0n,
      decision: "Withheld",
    },
    {
      name: "the same grant twice changes something once",
      said: [grant("record"), grant("record")],
      stamps: [["clinic", "record", 0n]],
      events: [1, 0],
      decision: "Permit",
    },
    {
      name: "the same refusal twice changes something once",
      said: [revoke("study"), revoke("study")],
      stamps: [["clinic", "study", 0n]],
      events: [1, 0],
      decision: "Revoked",
    },
    {
      name: "the same GENERAL refusal twice changes something once",
      said: [revoke("GENERAL"), revoke("GENERAL")],
      stamps: [["clinic", "GENERAL", 0n]],
      events: [1, 0],
      decision: "Revoked",
    },
  ];

  for (const { name, said, stamps, voidBefore, events, decision } of SEQUENCES) {
    it(`in one block: ${name}`, async () => {
      const { suite, clinic, record, study, family } = await world();
      const holders = { clinic, hospital: suite.signers.hospital.address, any: ANY_PROVIDER };
      const scopes = { GENERAL, record, study, family };
      const spelled = said.map((one): Call => (one.length === 1 ? one : [one[0], holders[one[1]], scopes[one[2]]]));
      const told = await say(suite, spelled);
      for (const [place, scope, lead] of stamps) {
        expect((await stampAt(suite, holders[place], scopes[scope])) - told.now, `${place} ${scope}`).to.equal(lead);
      }
      const stored = await suite.consents.voidBeforeOf(suite.signers.patient);
      expect(stored).to.equal(voidBefore === undefined ? 0n : told.now + voidBefore);
      expect(told.events).to.deep.equal(events ?? said.map(() => 1));
      expect((await decide(suite, { record, programme: study })).decision).to.equal(decision);
    });
  }

  it("several grants of one call are stamped alike", async () => {
    const { suite, clinic, record } = await world();
    const { patient } = suite.signers;
    const grants = [record, GENERAL].map((scope) => ({ grantee: clinic, scope, terms: pack() }));
    const now = stampOf(await timeOf(suite.consents.connect(patient).grant(patient, grants, EVIDENCE)));
    for (const scope of [record, GENERAL]) expect(await stampAt(suite, clinic, scope)).to.equal(now);
  });

  describe("a patient who says more in a block than there are milliseconds", () => {
    async function talkative() {
      const { suite, clinic, record } = await world();
      const { address: patient, run } = await contractPatient(suite);
      const { consents } = suite;
      const words = (scope: string) => consents.termsOf(patient, clinic, scope);
      const ask = async () => (await decide(suite, { patient, record })).decision;
      return { suite, consents, patient, clinic, record, run, words, ask };
    }

    const times = (count: number, call: Call): Call[] => Array.from({ length: count }, () => call);

    it("may grant as long as the stamp is at most a second ahead", async () => {
      const { consents, patient, clinic, record, run, words, ask } = await talkative();
      const { now } = await run([...times(1000, revokeAll), ["grant", clinic, record]]);
      expect(await consents.voidBeforeOf(patient)).to.equal(now + CAP - 1n);
      expect(await words(record)).to.equal(pack({ purposes: purposes("TREAT"), issuedAt: now + CAP }));
      expect(await ask()).to.equal("Permit");
    });

    it("ends that grant, too, with one more revokeAll", async () => {
      const { consents, patient, clinic, record, run, ask } = await talkative();
      const { now } = await run([...times(1000, revokeAll), ["grant", clinic, record], revokeAll]);
      expect(await consents.voidBeforeOf(patient)).to.equal(now + CAP);
      expect(await ask()).to.equal("Revoked");
    });

    it("is told to grant in the next block, where the grant stands", async () => {
      const { suite, consents, patient, clinic, record, run, words, ask } = await talkative();
      const start = BigInt(await time.latest()) + 100n;
      await time.setNextBlockTimestamp(start);
      const { now } = await run(times(1001, revokeAll));
      expect(await consents.voidBeforeOf(patient)).to.equal(now + CAP);
      await time.setNextBlockTimestamp(start + 1n);
      const next = await run([["grant", clinic, record]]);
      expect(next.now).to.equal(now + CAP);
      expect(await words(record)).to.equal(pack({ purposes: purposes("TREAT"), issuedAt: next.now + 1n }));
      expect(await ask()).to.equal("Permit");
      expect(await suite.consents.check(request(suite, { patient, record }))).to.equal(true);
    });

    for (const scope of ["record", "GENERAL"] as const) {
      it(`gets TooSoon for the scope ${scope} after 1,100 revokeAll, of which 1,001 change something`, async () => {
        const { consents, patient, clinic, record, run } = await talkative();
        const start = BigInt(await time.latest()) + 100n;
        const now = stampOf(start);
        await time.setNextBlockTimestamp(start);
        const last: Call = ["grant", clinic, scope === "record" ? record : GENERAL];
        await expect(run([...times(1100, revokeAll), last]))
          .to.be.revertedWithCustomError(consents, "TooSoon")
          .withArgs(now + CAP + 1n, now + CAP);
        const { receipt } = await run(times(1100, revokeAll));
        expect(receipt.logs.length).to.equal(1001);
        expect(await consents.voidBeforeOf(patient)).to.equal(stampOf(await timeOf(receipt)) + CAP);
      });
    }

    it("gets no TooSoon by refusals, of which one changes something", async () => {
      const { clinic, record, run, words } = await talkative();
      const told = await run([...times(1100, ["revoke", clinic, GENERAL]), ["grant", clinic, record]]);
      expect(told.receipt.logs.length).to.equal(2);
      expect(await words(GENERAL)).to.equal(tombstone(told.now));
      expect(await words(record)).to.equal(pack({ purposes: purposes("TREAT"), issuedAt: told.now }));
    });

    it("can always revoke", async () => {
      const { clinic, record, run, words, ask } = await talkative();
      const { now } = await run([
        ["grant", clinic, record],
        ...times(1100, revokeAll),
        ["revoke", clinic, record],
        ["revoke", clinic, GENERAL],
        revokeAll,
      ]);
      for (const scope of [record, GENERAL]) expect(await words(scope)).to.equal(tombstone(now + CAP + 1n));
      expect(await ask()).to.equal("Withheld");
    });
  });
});
