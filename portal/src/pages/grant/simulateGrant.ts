import {
  ANY_PROVIDER,
  type Category,
  type Client,
  type ConsentInput,
  expandPurposes,
  familyOf,
  type ListedConsent,
  type Purpose,
  type SimulatedAnswer,
  type SimulatedChange,
  toCategory,
  toPurpose,
} from "@consentry/sdk";
import { groupBy } from "./groupBy.js";

/** One consent, of a patient who is named. */
export type GrantTerms = ConsentInput & { patient: string; clear?: boolean };

/** What would become of one grantee's access. */
export interface GrantChanges {
  readonly grantee: string;
  readonly replaced: readonly SimulatedChange[];
  readonly answers: readonly GroupAnswer[];
}

/** The one answer about all of these: whether the grantee sees them. */
export interface GroupAnswer {
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  /** Whether it is about what is granted. */
  readonly isGranted: boolean;
  readonly answer: SimulatedAnswer;
}

/**
 * What a grant would change for its grantee: asked about everything that is granted, or that the grantee may see now.
 *
 * What stands in the same words has the same answer, so that it is asked about together.
 *
 * @param asked about whom it is asked: the grantee, or one of all providers
 * @throws ShadowedByRefusalError and whatever else keeps it from being signed
 */
export async function simulateGrant(client: Client, terms: GrantTerms, asked: string): Promise<GrantChanges> {
  const { patient, grantee, record, programme } = terms;
  const granted = {
    categories: terms.categories.map((category) => toCategory(category)),
    purposes: expandPurposes(terms.purposes.map((purpose) => toPurpose(purpose))),
  };
  const words = [granted, ...(await standingWords(client, terms))];
  const kinds = grouped<Category>(words.map(({ categories }) => categories));
  const uses = grouped<Purpose>(
    words.map(({ purposes }) => purposes),
    (purpose) => familyOf(purpose) ?? purpose,
  );
  const groups = kinds.flatMap((categories) => uses.map((purposes) => ({ categories, purposes })));
  const questions = groups.map(({ categories, purposes: [purpose = "TREAT"] }) => {
    return { patient, grantee: asked, record, programme, categories, purpose };
  });
  const { changes, answers } = await client.consents.simulate({ grant: terms, questions });
  const isIn = <Item>(list: readonly Item[], [first]: readonly Item[]) => first !== undefined && list.includes(first);
  return {
    grantee,
    replaced: changes,
    answers: groups.flatMap((group, i) => {
      const isGranted = isIn(granted.categories, group.categories) && isIn(granted.purposes, group.purposes);
      const answer = answers[i];
      return answer === undefined ? [] : [{ ...group, isGranted, answer }];
    }),
  };
}

interface Word {
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
}

/** What the grantee may see on the patient's word where the grant is about, its own and that to everybody. */
async function standingWords(client: Client, { patient, grantee, record, programme }: GrantTerms): Promise<Word[]> {
  const isNear = ({ scope }: ListedConsent): boolean => {
    return scope.kind === "general" || scope.kind === "purpose" || scope.id === (record ?? programme);
  };
  const state = "live";
  const lists = [grantee, ANY_PROVIDER].map((each) => client.consents.list({ patient, grantee: each, state }));
  const consents = (await Promise.all(lists)).flat().filter(isNear);
  return consents.flatMap(({ terms }) => (terms === undefined ? [] : [terms]));
}

/** All items of some lists, those together that are in the same lists and of the same sort. */
function grouped<Item extends string>(
  lists: readonly (readonly Item[])[],
  sortOf: (item: Item) => string = () => "",
): Item[][] {
  const keyOf = (item: Item): string => {
    return `${sortOf(item)} ${lists.map((list) => (list.includes(item) ? "1" : "0")).join("")}`;
  };
  return [...groupBy(new Set(lists.flat()), keyOf).values()];
}
