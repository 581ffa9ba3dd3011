import type { ContractTransactionResponse } from "ethers";
import type { Suite } from "../suite.js";
import { GAS, stampOf, time, timeOf } from "./chain.js";
import { deliver, evidenceOf, type Item, type Place, SENTENCE, speakerOf } from "./signing.js";
import { EVIDENCE, GENERAL, pack, programmeId } from "./words.js";

type Sending = Promise<ContractTransactionResponse>;

/** A way in which a patient can say something. Whichever is taken, the same must follow. */
export interface Route {
  name: string;
  /** @param evidence the document, where the route tells it apart from the sentence */
  grant: (suite: Suite, grants: readonly Item[], evidence?: string) => Sending;
  revoke: (suite: Suite, places: readonly Place[]) => Sending;
  revokeAll: (suite: Suite) => Sending;
  /** What the event of a grant tells as evidence, unless another was given. */
  evidence: string;
  /** The stamp of what was said. */
  stampOf: (suite: Suite, sent: ContractTransactionResponse) => Promise<bigint>;
}

const ofBlock = async (_: Suite, sent: ContractTransactionResponse) => stampOf(await timeOf((await sent.wait())!));

/** One call for each word. */
const direct: Route = {
  name: "direct",
  grant: ({ consents, signers: { patient } }, grants, evidence = EVIDENCE) =>
    each(grants, (item) => consents.connect(patient).grant(patient, [item], evidence, GAS)),
  revoke: ({ consents, signers: { patient } }, places) =>
    each(places, (place) => consents.connect(patient).revoke(patient, [place], GAS)),
  revokeAll: ({ consents, signers: { patient } }) => consents.connect(patient).revokeAll(patient, GAS),
  evidence: EVIDENCE,
  stampOf: ofBlock,
};

/** Somebody about whom no test asks. */
const BYSTANDER: Place = { grantee: `0x${"b0".repeat(20)}`, scope: programmeId("another study") };

/** All in one call, amid words to somebody else. */
const batched: Route = {
  ...direct,
  name: "batched",
  grant: ({ consents, signers: { patient } }, grants, evidence = EVIDENCE) => {
    const [before, after] = [BYSTANDER, { ...BYSTANDER, scope: GENERAL }].map((place) => ({ ...place, terms: pack() }));
    return consents.connect(patient).grant(patient, [before!, ...grants, after!], evidence, GAS);
  },
  revoke: ({ consents, signers: { patient } }, places) =>
    consents.connect(patient).revoke(patient, [BYSTANDER, ...places, { ...BYSTANDER, scope: GENERAL }], GAS),
};

/** By signatures of the second in which they are delivered at the earliest. */
const signed: Route = {
  name: "signed",
  grant: async (suite, grants, document = EVIDENCE) =>
    deliver(suite, await (await speakerOf(suite)).grant(await present(), grants, { document }), undefined, GAS),
  revoke: async (suite, places) =>
    deliver(suite, await (await speakerOf(suite)).revoke(await present(), places), undefined, GAS),
  revokeAll: async (suite) => deliver(suite, await (await speakerOf(suite)).revokeAll(await present()), undefined, GAS),
  evidence: evidenceOf(SENTENCE, EVIDENCE),
  stampOf: ({ consents }, { data }) => {
    const call = consents.interface.parseTransaction({ data });
    const { issuedAt } = call!.args["signed"] as unknown as { issuedAt: bigint };
    return Promise.resolve(issuedAt);
  },
};

export const ROUTES: readonly Route[] = [direct, batched, signed];

async function present(): Promise<bigint> {
  return (BigInt(await time.latest()) + 1n) * 1000n;
}

/** Sends one after the other, and returns the last. */
async function each<Word>(words: readonly Word[], send: (word: Word) => Sending): Sending {
  const sent: ContractTransactionResponse[] = [];
  for (const word of words) sent.push(await send(word));
  return sent.at(-1)!;
}
