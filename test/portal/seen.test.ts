import {
  allCategories,
  allPurposes,
  ANY_PROVIDER,
  type Category,
  type Client,
  connect,
  type DecisionName,
  type ListedConsent,
  type Purpose,
} from "@consentry/sdk";
import { expect } from "chai";
import { id } from "ethers";
import { type Seen, seenBy, type Viewer } from "../../portal/src/pages/access/matrix/seen.js";
import { time } from "../contracts/chain.js";
import { historyOf } from "../contracts/history.js";
import { randomOf, SEED } from "../contracts/random.js";
import { deploymentOf, fixtures, LABS, networkHelpers } from "../sdk/setup.js";

const STEPS = 400;
const PURPOSES = allPurposes().filter((purpose) => purpose !== "BTG");
const STANDINGS: readonly Viewer["standing"][] = ["unlisted", "inactive", "active", "activeCaregiver"];
/** What a cell says where the chain decides so: what allows some records only is no answer to who names none. */
const SHOWN: Partial<Record<DecisionName, Seen>> = { Permit: "yes", PermitSelf: "yes", PermitConditional: "narrowed" };

interface Asked {
  patient: string;
  grantee: string;
  category: Category;
  purpose: Purpose;
}

describe(`who sees what, as the page tells it, over a history of ${STEPS} steps, seed ${SEED}`, () => {
  const shown = new Map<Seen, number>();

  it("is what the chain decides", async () => {
    const random = randomOf(SEED);
    const history = await historyOf(random);
    const { suite, patients } = history;
    const { clinic, hospital, lab, researcher, relayer, stranger } = suite.signers;
    const grantees = [clinic, hospital, lab, researcher, relayer, stranger].map(({ address }) => address);
    const client = await connect({ runner: stranger, deployment: await deploymentOf(suite) });
    for (let steps = 0, number = 0; steps < STEPS; number++) {
      const second = BigInt((await time.latest()) + 1 + random.below(random.chance(80) ? 600 : 5 * 3600));
      if (random.chance(12)) {
        await history.interlude(second);
        steps++;
      } else steps += (await history.block(second)).steps;
      if (number % 8 !== 0) continue;
      for (const { address: patient } of patients) {
        const viewers = await Promise.all(grantees.map((grantee) => viewerOf(grantee, patient)));
        await compare(client, patient, viewers, [random.pick(PURPOSES), "TREAT"], `block ${number}`);
      }
    }

    async function viewerOf(grantee: string, patient: string): Promise<Viewer> {
      const standing = STANDINGS[Number(await suite.providers.profileOf(grantee))]!;
      return { grantee, standing, isController: (await suite.consents.controllerOf(patient)) === grantee };
    }
  }).timeout(300_000);

  it("is of every kind, or the comparison would show little", () => {
    expect([...shown.keys()]).to.have.members(["yes", "narrowed", "some", "no"]);
    for (const [answer, count] of shown) expect(count, answer).to.be.above(20);
  });

  async function compare(
    client: Client,
    patient: string,
    viewers: readonly Viewer[],
    purposes: readonly Purpose[],
    where: string,
  ): Promise<void> {
    const words = await client.consents.list({ patient });
    const wordsOf = (holder: string): ListedConsent[] => words.filter(({ grantee }) => grantee === holder);
    const now = (await time.latest()) * 1000;
    const asked: Asked[] = viewers.flatMap(({ grantee }) =>
      purposes.flatMap((purpose) => allCategories().map((category) => ({ patient, grantee, category, purpose }))),
    );
    const told = viewers.flatMap((viewer) =>
      purposes.flatMap((purpose) => {
        const seen = seenBy(viewer, { purpose, action: "access" }, wordsOf, now);
        return allCategories().map((category) => seen(category));
      }),
    );
    const decisions = await client.consents.decideMany(
      asked.map(({ category, ...rest }) => ({ ...rest, categories: [category] })),
    );
    for (const [i, decision] of decisions.entries()) {
      if (decision.error !== undefined) throw decision.error;
      const answer = told[i]!;
      shown.set(answer, (shown.get(answer) ?? 0) + 1);
      const expected = SHOWN[decision.decision] ?? "no";
      expect(answer === "some" ? "no" : answer, `${where}: ${JSON.stringify(asked[i])}, ${decision.decision}`).to.equal(
        expected,
      );
      if (answer === "some") expect(hasNarrower(words, asked[i]!), JSON.stringify(asked[i])).to.equal(true);
    }
  }

  /** A live consent to a record or within a programme. */
  function hasNarrower(words: readonly ListedConsent[], { grantee, category, purpose }: Asked): boolean {
    return words.some(({ scope, status, terms, ...word }) => {
      const isNarrow = ["record", "programme"].includes(scope.kind) && status === "live";
      const isMeant = word.grantee === grantee || word.grantee === ANY_PROVIDER;
      return isNarrow && isMeant && terms!.categories.includes(category) && terms!.purposes.includes(purpose);
    });
  }
});

describe("who sees what, where words end each other", () => {
  const use = { purpose: "TREAT", action: "access" } as const;

  it("a consent that a document narrows, said after a withdrawal from the provider: as far as that allows", async () => {
    const { as, signers } = await fixtures.accredited();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await as.patient.consents.revoke({ grantee });
    await networkHelpers.time.increase(10);
    await as.patient.consents.grant({ ...LABS, grantee, conditional: true, evidence: id("document") });
    expect(await both(as.stranger, patient, grantee)).to.deep.equal(["PermitConditional", "narrowed"]);
  });

  it("one to all providers, said before a withdrawal from one, is not revived by a new consent to it", async () => {
    const { as, signers } = await fixtures.accredited();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await as.patient.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
    expect(await both(as.stranger, patient, grantee)).to.deep.equal(["Permit", "yes"]);
    await as.patient.consents.revoke({ grantee });
    await networkHelpers.time.increase(10);
    await as.patient.consents.grant({ ...LABS, grantee, purposes: ["HPAYMT"], scope: "general" });
    expect(await both(as.stranger, patient, grantee)).to.deep.equal(["PurposeNotCovered", "no"]);
    await networkHelpers.time.increase(10);
    await as.patient.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
    expect(await both(as.stranger, patient, grantee)).to.deep.equal(["Permit", "yes"]);
  });

  async function both(client: Client, patient: string, grantee: string): Promise<[DecisionName, Seen]> {
    const words = await client.consents.list({ patient });
    const wordsOf = (holder: string): ListedConsent[] => words.filter((word) => word.grantee === holder);
    const viewer: Viewer = { grantee, standing: "activeCaregiver", isController: false };
    const now = (await networkHelpers.time.latest()) * 1000;
    const { decision } = await client.consents.decide({ patient, grantee, categories: ["LABS"], purpose: "TREAT" });
    return [decision, seenBy(viewer, use, wordsOf, now)("LABS")];
  }
});
