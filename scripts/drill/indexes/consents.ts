/** What patients said: from events by the SDK, and from storage by views. */
import { ANY_PROVIDER, type ConsentEvent, type Terms } from "@consentry/sdk";
import { describeTerms, isTombstone, stampOf } from "../../../sdk/src/consents/terms.js";
import { dateOfStamp } from "../../../sdk/src/values/dates.js";
import { type Check, compare, type Found } from "../check.js";
import { eventsOf, nameOf, type Place, placesIn, viewAt } from "../contracts.js";
import type { Source } from "./source.js";

/** A word, or when a patient last withdrew everything. */
interface Said {
  terms: Terms | undefined;
  statedAt: Date;
}

export async function checkConsents(source: Source): Promise<Check[]> {
  const stored = await inStorage(source);
  const [words, withdrawn] = [stored.words, stored.withdrawn];
  const events = await source.client.consents.history();
  return [
    compare("Consents listed from events are those in storage.", await listed(source, events), words),
    compare("What was said last is what stands in storage.", lastOf(events), new Map([...words, ...withdrawn].sort())),
  ];
}

async function listed({ client }: Source, events: readonly ConsentEvent[]): Promise<Found> {
  const found = new Map<string, Said>();
  for (const patient of new Set(events.map((event) => event.patient))) {
    for (const { grantee, scope, terms, statedAt } of await client.consents.list({ patient })) {
      found.set(nameOf({ patient, grantee, scope: scope.id }), { terms, statedAt });
    }
  }
  return found;
}

function lastOf(events: readonly ConsentEvent[]): Found {
  const found = new Map<string, Said>();
  for (const event of events) {
    const { patient } = event;
    if (event.type === "AllRevoked") found.set(patient, { terms: undefined, statedAt: event.voidBefore });
    else {
      const terms = event.type === "ConsentRevoked" ? undefined : event.terms;
      found.set(nameOf({ patient, grantee: event.grantee, scope: event.scope.id }), {
        terms,
        statedAt: event.statedAt,
      });
    }
  }
  return found;
}

/** Asks for every place at which anybody named on the chain could have said anything, not only where somebody did. */
async function inStorage({
  node,
  deployment,
  walked,
}: Source): Promise<Record<"words" | "withdrawn", Map<string, Said>>> {
  const words = new Map<string, Said>();
  const withdrawn = new Map<string, Said>();
  for (const place of placesAround(placesIn(walked, deployment))) {
    const { patient, grantee, scope } = place;
    const [word] = await viewAt(node, deployment, "ConsentRegistry", "termsOf", patient, grantee, scope);
    if (word !== 0n) words.set(nameOf(place), said(word as bigint));
  }
  for (const patient of new Set(eventsOf(walked, deployment, "ConsentRegistry").map(({ args }) => args["patient"]))) {
    const [stamp] = await viewAt(node, deployment, "ConsentRegistry", "voidBeforeOf", patient);
    const statedAt = dateOfStamp(stamp as bigint);
    if (stamp !== 0n) withdrawn.set(patient as string, { terms: undefined, statedAt });
  }
  return { words, withdrawn };
}

function placesAround(places: readonly Place[]): Place[] {
  const each = (key: keyof Place) => [...new Set(places.map((place) => place[key]))];
  const grantees = new Set([...each("grantee"), ANY_PROVIDER]);
  return each("patient").flatMap((patient) =>
    [...grantees].flatMap((grantee) => each("scope").map((scope) => ({ patient, grantee, scope }))),
  );
}

function said(word: bigint): Said {
  return { terms: isTombstone(word) ? undefined : describeTerms(word), statedAt: dateOfStamp(stampOf(word)) };
}
