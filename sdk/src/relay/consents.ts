import { id } from "ethers";
import { wordsAt } from "../consents/stamps.js";
import { endsUntil, isTombstone, packTerms, stampOf, unpackTerms } from "../consents/terms.js";
import { GENERAL_SCOPE } from "../scopes/scope.js";
import type { GrantMessage } from "../signing/types.js";
import { type Deliveries, type Delivery, signedOf } from "./delivery.js";

const grants: Delivery<"Grants"> = {
  call({ consents }, statement) {
    const { patient, grants, statement: text, document, deadline } = statement.message;
    const items = grants.map((each) => ({ grantee: each.grantee, scope: each.scope, terms: termsOf(each) }));
    return consents.grantBySig.populateTransaction(patient, items, id(text), document, deadline, signedOf(statement));
  },
  async isDone(context, { patient, grants, issuedAt }) {
    const words = await wordsAt(context, patient, grants);
    return grants.every((grant, i) => isSaidBy(grant, words[i] ?? 0n, BigInt(issuedAt)));
  },
};

const revocations: Delivery<"Revocations"> = {
  call({ consents }, statement) {
    const { patient, revocations } = statement.message;
    return consents.revokeBySig.populateTransaction(patient, revocations, signedOf(statement));
  },
  async isDone(context, { patient, revocations, issuedAt }) {
    const words = await wordsAt(context, patient, revocations);
    const stamp = BigInt(issuedAt);
    return revocations.every(({ scope }, i) => isRefusedBy(scope, words[i] ?? 0n, stamp));
  },
};

const revokeAll: Delivery<"RevokeAll"> = {
  call: ({ consents }, statement) =>
    consents.revokeAllBySig.populateTransaction(statement.message.patient, signedOf(statement)),
  isDone: async ({ consents }, { patient, issuedAt }) => (await consents.voidBeforeOf(patient)) >= BigInt(issuedAt),
};

/** How what a patient says about consents is delivered. */
export const consentDeliveries = {
  Grants: grants,
  Revocations: revocations,
  RevokeAll: revokeAll,
} satisfies Deliveries;

/** A grant of this stamp changes nothing more: something newer stands, or this very grant, or a refusal as new. */
function isSaidBy(grant: GrantMessage, word: bigint, stamp: bigint): boolean {
  if (stampOf(word) !== stamp) return stampOf(word) > stamp;
  const stored = packTerms({ ...unpackTerms(word), ...(grant.scope === GENERAL_SCOPE ? { notBefore: 0n } : {}) });
  return isTombstone(word) || stored === termsOf(grant);
}

/** A refusal of this stamp changes nothing more: one as new stands, or the grant that came after it says so. */
function isRefusedBy(scope: string, word: bigint, stamp: bigint): boolean {
  if (isTombstone(word)) return stampOf(word) >= stamp;
  return stampOf(word) > stamp && (scope !== GENERAL_SCOPE || endsUntil(word) >= stamp);
}

function termsOf({ categories, purposes, actions, notBefore, expiresAt, conditional }: GrantMessage): bigint {
  return packTerms({
    categories: BigInt(categories),
    purposes: BigInt(purposes),
    actions: BigInt(actions),
    notBefore: BigInt(notBefore),
    expiresAt: BigInt(expiresAt),
    conditional,
  });
}
