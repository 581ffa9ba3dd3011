import { expect } from "chai";
import { concat, getBytes, type TypedDataDomain } from "ethers";
import type { Suite } from "../suite.js";
import { ethers, networkHelpers, time } from "./chain.js";
import { categories, purposes } from "./codes.js";
import { fixtures, YEAR } from "./fixtures.js";
import {
  deliver,
  type Delivery,
  delivery,
  digestOf,
  domainOf,
  grantsOf,
  revocationsOf,
  revokeAllOf,
  signed,
  type Statement,
  voiceOf,
} from "./signing.js";
import { ANY_PROVIDER, CONDITIONAL, familyScope, GENERAL, pack, recordId, unpack } from "./words.js";

const DOCUMENT = `0x${"ab".repeat(32)}`;
const FAMILY = familyScope("TREAT");
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** What is stated with an account that speaks for both patients. */
type Statements = Record<"grants" | "revocations" | "revokeAll", Statement>;

/** One change of what was signed. */
type Alteration<Kind extends Statement["type"]> = (statement: Extract<Statement, { type: Kind }>) => object;

/** The first grant with a change of its terms. */
const retermed =
  (change: (terms: ReturnType<typeof unpack>) => Partial<ReturnType<typeof unpack>>): Alteration<"Grants"> =>
  ({ grants: [first, ...rest] }) => {
    const terms = unpack(first!.terms);
    return { grants: [{ ...first!, terms: pack({ ...terms, ...change(terms) }) }, ...rest] };
  };

const GRANTS: Record<string, Alteration<"Grants">> = {
  "the grantee": ({ grants: [first, ...rest] }) => ({ grants: [{ ...first!, grantee: ANY_PROVIDER }, ...rest] }),
  "the scope": ({ grants: [first, ...rest] }) => ({ grants: [{ ...first!, scope: FAMILY }, ...rest] }),
  "the categories, one more": retermed((terms) => ({ categories: terms.categories | categories("PSY") })),
  "the categories, one less": retermed((terms) => ({ categories: terms.categories & ~categories("LABS") })),
  "the purposes, one more": retermed((terms) => ({ purposes: terms.purposes | purposes("HMARKT") })),
  "the purposes, one less": retermed((terms) => ({ purposes: terms.purposes & ~purposes("TREAT") })),
  "the actions, one more": retermed((terms) => ({ actions: terms.actions | 16n })),
  "the actions, one less": retermed((terms) => ({ actions: terms.actions & ~1n })),
  "the start, a second sooner": retermed((terms) => ({ notBefore: terms.notBefore - 1n })),
  "the start, a second later": retermed((terms) => ({ notBefore: terms.notBefore + 1n })),
  "the end, a second later": retermed((terms) => ({ expiresAt: terms.expiresAt + 1n })),
  "the end, a second sooner": retermed((terms) => ({ expiresAt: terms.expiresAt - 1n })),
  "the condition, taken away": retermed(() => ({ flags: 0n })),
  "a condition, added": ({ grants: [first, second] }) => {
    const terms = pack({ ...unpack(second!.terms), flags: CONDITIONAL });
    return { grants: [first, { ...second!, terms }] };
  },
  "the second grant": ({ grants: [first, second] }) => ({ grants: [first, { ...second!, terms: pack() }] }),
  "the order of the grants": ({ grants }) => ({ grants: grants.toReversed() }),
  "one grant less": ({ grants }) => ({ grants: grants.slice(1) }),
  "no grant": () => ({ grants: [] }),
  "one grant twice": ({ grants }) => ({ grants: [...grants, grants[0]!] }),
  "the sentence": ({ statement }) => ({ statement: `${statement} ` }),
  "no sentence": () => ({ statement: "" }),
  "the document": () => ({ document: `${DOCUMENT.slice(0, -1)}c` }),
  "the stamp, a millisecond sooner": ({ issuedAt }) => ({ issuedAt: issuedAt - 1n }),
  "the stamp, a millisecond later": ({ issuedAt }) => ({ issuedAt: issuedAt + 1n }),
  "the deadline, a second sooner": ({ deadline }) => ({ deadline: deadline - 1n }),
  "the deadline, a second later": ({ deadline }) => ({ deadline: deadline + 1n }),
};

const REVOCATIONS: Record<string, Alteration<"Revocations">> = {
  "the grantee": ({ revocations: [first, ...rest] }) => ({
    revocations: [{ ...first!, grantee: ANY_PROVIDER }, ...rest],
  }),
  "the scope": ({ revocations: [first, ...rest] }) => ({ revocations: [{ ...first!, scope: GENERAL }, ...rest] }),
  "the order": ({ revocations }) => ({ revocations: revocations.toReversed() }),
  "one refusal less": ({ revocations }) => ({ revocations: revocations.slice(1) }),
  "no refusal": () => ({ revocations: [] }),
  "one refusal twice": ({ revocations }) => ({ revocations: [...revocations, revocations[0]!] }),
  "the stamp, a millisecond sooner": ({ issuedAt }) => ({ issuedAt: issuedAt - 1n }),
  "the stamp, a millisecond later": ({ issuedAt }) => ({ issuedAt: issuedAt + 1n }),
};

const REVOKE_ALL: Record<string, Alteration<"RevokeAll">> = {
  "the stamp, a millisecond sooner": ({ issuedAt }) => ({ issuedAt: issuedAt - 1n }),
  "the stamp, a millisecond later": ({ issuedAt }) => ({ issuedAt: issuedAt + 1n }),
};

const TABLES = { grants: GRANTS, revocations: REVOCATIONS, revokeAll: REVOKE_ALL };
const NAMES = ["grants", "revocations", "revokeAll"] as const;

const DOMAINS: Record<string, Partial<TypedDataDomain>> = {
  "another chain": { chainId: 1n },
  "another contract": { verifyingContract: ANY_PROVIDER },
  "another name": { name: "consentry" },
  "another version": { version: "2" },
};

describe("ConsentRegistry: what is signed", () => {
  /** The patient speaks for the other patient, too, so that a statement about either is refused for its signature alone. */
  async function world() {
    const suite = await fixtures.listed();
    const { patient, otherPatient, clinic, hospital } = suite.signers;
    await suite.consents.connect(otherPatient).appointRepresentative(otherPatient, patient, 0n, 1n << 40n);
    await time.increase(10);
    const now = BigInt(await time.latest());
    const issuedAt = now * 1000n;
    const record = recordId(clinic.address);
    const period = { notBefore: now - 5n, expiresAt: now + YEAR };
    const bits = { categories: categories("LABS", "NOTES"), purposes: purposes("TREAT", "HRESCH"), actions: 3n };
    const grants = [
      { grantee: clinic.address, scope: record, terms: pack({ ...bits, ...period, flags: CONDITIONAL }) },
      { grantee: hospital.address, scope: GENERAL, terms: pack(bits) },
    ];
    const places = grants.map(({ grantee, scope }) => ({ grantee, scope }));
    const deadline = now + 3600n;
    const statements: Statements = {
      grants: grantsOf(patient.address, issuedAt, grants, { document: DOCUMENT, deadline }),
      revocations: revocationsOf(patient.address, issuedAt, places),
      revokeAll: revokeAllOf(patient.address, issuedAt),
    };
    return { suite, statements, domain: await domainOf(suite), voice: await voiceOf(patient) };
  }

  function tryOut({ consents, signers }: Suite, { name, args }: Delivery) {
    return consents
      .connect(signers.relayer)
      .getFunction(name)
      .staticCall(...args);
  }

  async function expectInvalid(suite: Suite, call: Delivery) {
    await expect(tryOut(suite, call))
      .to.be.revertedWithCustomError(suite.consents, "InvalidSignature")
      .withArgs(suite.signers.patient);
  }

  for (const name of NAMES) {
    describe(name, () => {
      it("is taken as it was signed, from anybody", async () => {
        const { suite, statements, domain, voice } = await world();
        const call = await signed(domain, voice, statements[name]);
        const { relayer, patient, clinic, deployer } = suite.signers;
        const before = await networkHelpers.takeSnapshot();
        for (const by of [relayer, patient, clinic, deployer]) {
          const receipt = await (await deliver(suite, call, by)).wait();
          expect(receipt?.logs.length).to.equal(name === "revokeAll" ? 1 : 2);
          const speakers = receipt!.logs.map((log) => suite.consents.interface.parseLog(log)?.args["by"] as string);
          expect(new Set(speakers)).to.deep.equal(new Set([patient.address]));
          await before.restore();
        }
      });

      it("is nothing with another patient, for whom its signer speaks, too", async () => {
        const { suite, statements, domain, voice } = await world();
        const altered = { ...statements[name], patient: suite.signers.otherPatient.address };
        await tryOut(suite, await signed(domain, voice, altered));
        const signature = await voice.sign(digestOf(domain, statements[name]));
        await expectInvalid(suite, delivery(altered, voice.signer, signature));
      });

      for (const [what, alteration] of Object.entries(TABLES[name])) {
        it(`is nothing once altered: ${what}`, async () => {
          const { suite, statements, domain, voice } = await world();
          const statement = statements[name];
          const altered = { ...statement, ...(alteration as (signed: Statement) => object)(statement) };
          const signature = await voice.sign(digestOf(domain, statement));
          await expectInvalid(suite, delivery(altered, voice.signer, signature));
        });
      }

      for (const [what, changes] of Object.entries(DOMAINS)) {
        it(`is nothing here if it was signed for ${what}`, async () => {
          const { suite, statements, domain, voice } = await world();
          await expectInvalid(suite, await signed({ ...domain, ...changes }, voice, statements[name]));
        });
      }

      for (const other of NAMES.filter((candidate) => candidate !== name)) {
        it(`does not pass for a statement about ${other}`, async () => {
          const { suite, statements, domain, voice } = await world();
          const signature = await voice.sign(digestOf(domain, statements[name]));
          await expectInvalid(suite, delivery(statements[other], voice.signer, signature));
        });
      }

      it("is nothing by another key under the patient's name, nor under its own", async () => {
        const { suite, statements, domain } = await world();
        const { patient, stranger } = suite.signers;
        const other = await voiceOf(stranger);
        await expectInvalid(suite, await signed(domain, { ...other, signer: patient.address }, statements[name]));
        await expect(tryOut(suite, await signed(domain, other, statements[name])))
          .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
          .withArgs(patient, stranger);
      });

      it("is nothing by a signature of another form", async () => {
        const { suite, statements, domain, voice } = await world();
        const good = getBytes(await voice.sign(digestOf(domain, statements[name])));
        const [r, s, v] = [good.slice(0, 32), good.slice(32, 64), good[64]!];
        const mirrored = (CURVE_ORDER - BigInt(ethers.hexlify(s))).toString(16).padStart(64, "0");
        for (const [what, signature] of Object.entries({
          malleable: concat([r, `0x${mirrored}`, new Uint8Array([v === 27 ? 28 : 27])]),
          "with the other parity": concat([r, s, new Uint8Array([v === 27 ? 28 : 27])]),
          "with a parity of 0 or 1": concat([r, s, new Uint8Array([v - 27])]),
          compact: concat([r, s]),
          "a byte too long": concat([good, "0x00"]),
          "a byte too short": ethers.hexlify(good.slice(0, 64)),
          zero: `0x${"00".repeat(65)}`,
          empty: "0x",
        })) {
          const call = delivery(statements[name], voice.signer, signature);
          await expect(tryOut(suite, call), what)
            .to.be.revertedWithCustomError(suite.consents, "InvalidSignature")
            .withArgs(suite.signers.patient);
        }
      });

      describe("by a signer of another length", () => {
        const lengths: Record<number, (address: string) => string> = {
          0: () => "0x",
          19: (address) => address.slice(0, -2),
          21: (address) => `${address}00`,
        };
        for (const [length, cut] of Object.entries(lengths)) {
          it(`is that of an account of its own: ${length} bytes`, async () => {
            const { suite, statements, domain, voice } = await world();
            const { patient } = suite.signers;
            const signer = cut(patient.address);
            const account = await suite.consents.accountOf(signer);
            const call = await signed(domain, { ...voice, signer }, statements[name]);
            await expect(tryOut(suite, call))
              .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
              .withArgs(patient, account);
            await suite.consents.connect(patient).appointRepresentative(patient, account, 0n, 1n << 40n);
            await time.increase(10);
            const issuedAt = BigInt(await time.latest()) * 1000n;
            const again = await signed(domain, { ...voice, signer }, { ...statements[name], issuedAt });
            // Even one that speaks: too short to have a key; or the account before the key is no verifier.
            await expect(tryOut(suite, again))
              .to.be.revertedWithCustomError(suite.consents, "InvalidSignature")
              .withArgs(account);
          });
        }
      });
    });
  }

  describe("by an account with code", () => {
    /** Says yes, as ERC-1271 does, to whatever it is asked. */
    const WILLING = concat(["0x7f1626ba7e", new Uint8Array(28), "0x60005260206000f3"]);

    it("is taken by its own key first, whatever its code would say", async () => {
      const { suite, statements, domain, voice } = await world();
      await networkHelpers.setCode(voice.signer, "0xfe");
      await tryOut(suite, await signed(domain, voice, statements.grants));
      await expectInvalid(suite, delivery(statements.grants, voice.signer, "0x1234"));
    });

    it("is taken where its code says so, and not where the code says nothing or something else", async () => {
      const { suite, statements } = await world();
      const { patient } = suite.signers;
      const call = delivery(statements.grants, patient.address, "0x1234");
      await networkHelpers.setCode(patient.address, WILLING);
      await tryOut(suite, call);
      for (const code of [
        "0x00",
        WILLING.replace("1626ba7e", "1626ba7f"),
        WILLING.replace("60206000f3", "601f6000f3"),
      ]) {
        await networkHelpers.setCode(patient.address, code);
        await expectInvalid(suite, call);
      }
    });
  });

  it("tells nothing of the bits that no field of a statement has: they are refused", async () => {
    const { suite, statements, domain, voice } = await world();
    const { grants } = statements as { grants: Extract<Statement, { type: "Grants" }> };
    const signature = await voice.sign(digestOf(domain, grants));
    for (const [error, bit, args] of [
      ["InvalidFlags", 1n << 249n, [3n]],
      ["InvalidFlags", 1n << 255n, [129n]],
      ["UnexpectedStamp", 1n << 200n, [1n]],
      ["UnexpectedStamp", 1n << 247n, [1n << 47n]],
    ] as const) {
      const [first, ...rest] = grants.grants;
      const altered = { ...grants, grants: [{ ...first!, terms: first!.terms | bit }, ...rest] };
      await expect(tryOut(suite, delivery(altered, voice.signer, signature)))
        .to.be.revertedWithCustomError(suite.consents, error)
        .withArgs(...args);
    }
  });
});
