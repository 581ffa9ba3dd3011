import type { Signer, Suite } from "../suite.js";
import { batcherOf, type Encodable, readerOf } from "./calls.js";
import { stampOf, time } from "./chain.js";
import { fixtures, list, YEAR } from "./fixtures.js";
import { Patient } from "./model.js";
import type { Random } from "./random.js";
import { randomWords } from "./random.words.js";
import { speakerOf } from "./signing.js";
import { Ability, EMERGENCY, EVIDENCE, Kind, pack, Profile, type Terms, UNTIL_REVOKED } from "./words.js";

/** What a patient has signed: a call that anybody can deliver, and what it says to the model. */
interface Letter {
  call: Encodable;
  /** Unix seconds. */
  deadline: bigint;
  read: () => void;
  places: readonly Placed[];
}

interface Placed {
  grantee: string;
  scope: string;
}

type Speaking = Awaited<ReturnType<typeof speaking>>;

/** A place that a step may have changed. */
export type Touched = Placed & { whose: Speaking };

/** A patient with a model, whose representative is the AccessManager. */
async function speaking(suite: Suite, signer: Signer) {
  await suite.consents.connect(signer).appointRepresentative(signer, suite.manager, 0n, UNTIL_REVOKED);
  const { address } = signer;
  const [speaker, reader] = [await speakerOf(suite, signer), await readerOf(suite, address)];
  return { signer, address, speaker, reader, model: new Patient(address), letters: [] as Letter[] };
}

/** Two patients, seven who ask, of whom two can break the glass, and whatever comes to anybody's mind. */
export async function historyOf(random: Random) {
  const { below, pick, chance } = random;
  const words = randomWords(random);
  const suite = await fixtures.listed();
  const { consents, providers, manager, signers } = suite;
  const { accreditor, consortium, clinic, hospital, lab, researcher, relayer, stranger } = signers;
  await list(suite, accreditor, relayer, { kind: Kind.Practitioner });
  const profiles = new Map<string, Profile>([
    ...[clinic, lab, relayer, hospital].map(({ address }) => [address, Profile.ActiveCaregiver] as const),
    [researcher.address, Profile.Active],
    [stranger.address, Profile.Unlisted],
    ...[signers.patient, signers.otherPatient].map(({ address }) => [address, Profile.Unlisted] as const),
  ]);
  const emergencies = [clinic, relayer];
  for (const provider of emergencies) {
    const until = BigInt(await time.latest()) + YEAR;
    await providers.connect(consortium).setEmergency(provider, true);
    await providers.connect(provider).setMember(provider, manager, Ability.EMERGENCY, until);
  }
  const patients = [await speaking(suite, signers.patient), await speaking(suite, signers.otherPatient)];
  const [batcher, window] = [await batcherOf(suite), await consents.emergencyWindow()];
  const grantees = [...profiles.keys()];
  const holdersFor = (whose: Speaking) => grantees.filter((address) => address !== whose.address);

  const several = <Item>(make: () => Item) => Array.from({ length: chance(60) ? 1 : 2 + below(3) }, make);

  function grants(whose: Speaking, second: bigint): (Placed & { terms: Terms })[] {
    return several(() => {
      const place = words.place(holdersFor(whose));
      return { ...place, terms: words.terms(place.scope, second) };
    });
  }

  /** A place to refuse; the more often GENERAL or break-glass, as these end most. */
  function refusal(whose: Speaking): Placed {
    if (chance(8)) return { grantee: pick(emergencies).address, scope: EMERGENCY };
    return words.place(holdersFor(whose));
  }

  const packed = (items: readonly (Placed & { terms: Terms })[]) =>
    items.map((item) => ({ ...item, terms: pack(item.terms) }));

  /** Says something at once. */
  function direct(whose: Speaking, second: bigint): { call: Encodable; places: readonly Placed[] } {
    const { address, model } = whose;
    const now = stampOf(second);
    if (chance(2)) {
      model.revokeAll(now);
      return { call: { name: "revokeAll", args: [address] }, places: [] };
    }
    if (chance(20)) {
      const places = several(() => refusal(whose));
      for (const { grantee, scope } of places) model.refuse(now, grantee, scope);
      return { call: { name: "revoke", args: [address, places] }, places };
    }
    const places = grants(whose, second);
    for (const { grantee, scope, terms } of places) model.grant(now, grantee, scope, terms);
    return { call: { name: "grant", args: [address, packed(places), EVIDENCE] }, places };
  }

  /** Signs something, at some time of the past, to be delivered at some time of the future. */
  async function write(whose: Speaking, second: bigint): Promise<Letter> {
    const { speaker, model } = whose;
    const issuedAt = stampOf(second) - 1n - BigInt(below(chance(50) ? 2_000 : 600_000));
    if (chance(2)) {
      const read = () => model.hearRevokeAll(issuedAt);
      return { call: await speaker.revokeAll(issuedAt), deadline: UNTIL_REVOKED, read, places: [] };
    }
    if (chance(22)) {
      const places = several(() => refusal(whose));
      const read = () => places.forEach(({ grantee, scope }) => model.hear(issuedAt, grantee, scope));
      return { call: await speaker.revoke(issuedAt, places), deadline: UNTIL_REVOKED, read, places };
    }
    const places = grants(whose, second);
    const read = () => places.forEach(({ grantee, scope, terms }) => model.hear(issuedAt, grantee, scope, terms));
    const deadline = issuedAt / 1000n + BigInt(3600 + below(500_000));
    const call = await speaker.grant(issuedAt, packed(places), { document: EVIDENCE, deadline });
    return { call, deadline, read, places };
  }

  /** Delivers any of the letters, of which some come twice. */
  function deliver(whose: Speaking, second: bigint): Letter | undefined {
    whose.letters = whose.letters.filter(({ deadline }) => deadline >= second);
    if (whose.letters.length === 0) return undefined;
    const at = below(whose.letters.length);
    const letter = whose.letters[at]!;
    if (chance(70)) whose.letters.splice(at, 1);
    letter.read();
    return letter;
  }

  /** Breaks the glass, if that is not refused. */
  async function breakGlass(whose: Speaking, second: bigint, provider: Signer) {
    if (profiles.get(provider.address) === Profile.Inactive) return undefined;
    if ((await consents.emergenciesLeft(provider)) === 0n) return undefined;
    const asked = words.kinds();
    if (whose.model.glass(second, window, provider.address, asked) === undefined) return undefined;
    whose.model.breakGlass(second, window, provider.address, asked);
    const args = [provider.address, whose.address, asked, EVIDENCE];
    return { call: { name: "breakGlass", args }, places: [{ grantee: provider.address, scope: EMERGENCY }] };
  }

  /** Many steps in one block, each of anybody. Returns how many, the logs' transaction, and what may have changed. */
  async function block(second: bigint) {
    const calls: Encodable[] = [];
    const touched: Touched[] = [];
    // At most one for each provider, whose number is known for the block before only.
    const glasses = [...emergencies];
    for (let size = 4 + below(12); size > 0; size--) {
      const whose = pick(patients);
      while (whose.letters.length < 6 || chance(10)) whose.letters.push(await write(whose, second));
      const isEmergency = glasses.length > 0 && chance(10);
      const step = isEmergency
        ? await breakGlass(whose, second, glasses.pop()!)
        : chance(50)
          ? direct(whose, second)
          : deliver(whose, second);
      if (!step) continue;
      calls.push(step.call);
      touched.push(...step.places.map((place) => ({ ...place, whose })));
    }
    await time.setNextBlockTimestamp(second);
    const hash = await batcher.send(calls.map((call) => batcher.encode(call)));
    return { steps: calls.length, hash, touched };
  }

  /** What only a patient or an accreditor itself can do. */
  async function interlude(second: bigint) {
    await time.setNextBlockTimestamp(second);
    if (chance(40)) {
      const { signer, model } = pick(patients);
      const categories = chance(50) ? 0n : words.kinds();
      model.exclude(stampOf(second), categories);
      return consents.connect(signer).setExclusions(signer, categories);
    }
    // Whoever is suspended does not stay so for long.
    const suspended = [clinic, hospital, relayer].find(({ address }) => profiles.get(address) === Profile.Inactive);
    const provider = suspended ?? pick([clinic, hospital, relayer]);
    const isActive = suspended === undefined;
    profiles.set(provider.address, isActive ? Profile.Inactive : Profile.ActiveCaregiver);
    return isActive
      ? providers.connect(accreditor).suspend(provider)
      : providers.connect(consortium).reinstate(provider);
  }

  /** A question about a patient, and what the model answers. */
  function question(second: bigint) {
    const whose = pick(patients);
    const asked = { patient: whose.address, ...words.question(grantees) };
    const mayBreakGlass = emergencies.some(({ address }) => address === asked.grantee);
    const expected = whose.model.decide(asked, profiles.get(asked.grantee)!, second, mayBreakGlass);
    return { asked, expected };
  }

  /** Asks whether the glass could be broken now, and what the model says. */
  async function glass(second: bigint) {
    const [whose, provider, asked] = [pick(patients), pick(emergencies), words.kind()];
    if (profiles.get(provider.address) === Profile.Inactive) return undefined;
    if ((await consents.emergenciesLeft(provider)) === 0n) return undefined;
    const trying = consents.connect(provider).breakGlass.staticCall(provider, whose.address, asked, EVIDENCE);
    const told = await trying.then(
      () => true,
      () => false,
    );
    return { told, expected: whose.model.glass(second, window, provider.address, asked) !== undefined };
  }

  return { suite, patients, holders: grantees, emergencies, block, interlude, question, glass };
}
