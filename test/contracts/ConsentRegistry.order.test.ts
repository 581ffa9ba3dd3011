import { expect } from "chai";
import { contractPatient } from "./calls.js";
import { networkHelpers, PATIENCE, time } from "./chain.js";
import { fixtures } from "./fixtures.js";
import { randomOf, SEED } from "./random.js";
import {
  concerning,
  grant,
  granted,
  type Holder,
  NARROWER,
  type Place,
  PLACES,
  revoke,
  revokeAll,
  type Said,
  type Scope,
  sequences,
  stageOf,
  WIDEST,
} from "./story.js";

/**
 * What is alive must follow from the order of what was said, whatever falls into one second. So nothing here knows a stamp:
 * the last call that concerns a word decides. A word may be dead for no other reason than that it shares its second with a
 * refusal, never alive.
 */

/** What is said in each second, in order. */
type Story = readonly (readonly Said[])[];

const RANDOM_STORIES = 300;

/**
 * The seconds in which a GENERAL refusal leaves no narrower grant alive, not even a later one: its own, and the next one if
 * it came after a revokeAll, as what is said then counts as said in the next.
 */
function refusedIn(story: Story, holder: Holder): number[] {
  return story.flatMap((said, second) => {
    const refusal = said.findLastIndex(
      ([verb, whose, what]) => verb === "revoke" && whose === holder && what === "GENERAL",
    );
    if (refusal < 0) return [];
    const next = said.slice(0, refusal).some(([verb]) => verb === "revokeAll");
    return next ? [second, second + 1] : [second];
  });
}

/** Whether a word that was granted may be dead all the same when asked in this second. */
function mayBeDead(story: Story, [holder, scope]: Place, asked: number): boolean {
  const refused = refusedIn(story, holder);
  if (scope === "GENERAL") return refused.some((second) => asked < second);
  const given = story.findLastIndex((said) =>
    said.some(([verb, whose, what]) => verb === "grant" && whose === holder && what === scope),
  );
  return refused.includes(given);
}

/** A story of one second told in every other way that keeps the order: each call in the second of the one before or the next. */
function spread(said: readonly Said[]): Said[][][] {
  return said.reduce<Said[][][]>(
    (told, call) =>
      told.flatMap((story) => [
        [...story.slice(0, -1), [...(story.at(-1) ?? []), call]],
        ...(story.length === 0 ? [] : [[...story, [call]]]),
      ]),
    [[]],
  );
}

describe("ConsentRegistry: the order of what is said", () => {
  async function world() {
    const suite = await fixtures.listed();
    const patient = await contractPatient(suite);
    const { call, living } = stageOf(suite, patient.address);
    const snapshot = await networkHelpers.takeSnapshot();
    /** Tells a story to a patient who has said nothing yet. Returns what lives in its last second, and later. */
    const tell = async (story: Story, places = PLACES) => {
      await snapshot.restore();
      const start = (await time.latest()) + 10;
      for (const [second, said] of story.entries()) {
        if (said.length === 0) continue;
        await time.setNextBlockTimestamp(start + second);
        await patient.run(said.map(call));
      }
      const last = story.length - 1;
      const atOnce = await living(places);
      await time.increaseTo(start + last + 10);
      return [
        { asked: last, alive: atOnce },
        { asked: last + 10, alive: await living(places) },
      ];
    };
    return { tell };
  }

  /** Tells the stories and compares. Returns how often a granted word was alive, and how often it was dead. */
  async function expectOrder(told: readonly Story[], places = PLACES) {
    const { tell } = await world();
    const seen = { alive: 0, dead: 0 };
    for (const story of told) {
      for (const { asked, alive } of await tell(story, places)) {
        for (const place of places) {
          const [lives, should] = [alive.includes(place), granted(story.flat(), place)];
          const name = `${place.join(" ")} ${asked} s after the start of ${JSON.stringify(story)}, seed ${SEED}`;
          if (lives || !should) expect(lives, name).to.equal(should);
          else expect(mayBeDead(story, place, asked), name).to.equal(true);
          if (should) seen[lives ? "alive" : "dead"]++;
        }
      }
    }
    return seen;
  }

  for (const place of NARROWER) {
    const most = place === NARROWER[0] ? 4 : 3;
    it(`in one block: every sequence of up to ${most} calls about ${place.join(" ")}`, async () => {
      const every = sequences(concerning(place), most);
      expect(every.length).to.equal(most === 4 ? 780 : 155);
      const places = [place, [place[0], "GENERAL"]] as const;
      const seen = await expectOrder(
        every.map((said) => [said]),
        places,
      );
      expect(seen.alive).to.be.greaterThan(0);
      expect(seen.dead).to.be.greaterThan(0);
    }).timeout(PATIENCE);
  }

  it("across blocks: every sequence of up to 3 calls about the own record, in every way that keeps the order", async () => {
    const places = [
      ["own", "record"],
      ["own", "GENERAL"],
    ] as const;
    const every = sequences(concerning(places[0]), 3).flatMap((said) =>
      spread(said).filter((story) => story.length > 1),
    );
    expect(every.length).to.equal(25 + 125 * 3);
    const seen = await expectOrder(every, places);
    expect(seen.alive).to.be.greaterThan(seen.dead);
  }).timeout(PATIENCE);

  it(`across blocks: ${RANDOM_STORIES} longer stories about everything, seed ${SEED}`, async () => {
    const { below, pick, chance } = randomOf(SEED);
    const said = (): Said => {
      if (chance(15)) return revokeAll;
      const [holder, scope]: Place = chance(40) ? pick(WIDEST) : pick(NARROWER);
      return [chance(60) ? "grant" : "revoke", holder, scope];
    };
    const second = () => Array.from({ length: below(6) }, said);
    const every = Array.from({ length: RANDOM_STORIES }, () => [
      ...Array.from({ length: 1 + below(4) }, second),
      [said(), ...second()],
    ]);
    const seen = await expectOrder(every);
    expect(seen.alive).to.be.greaterThan(seen.dead);
  }).timeout(PATIENCE);

  /** The sequences of the audit, each in one second; what is alive then, and later. */
  const FOUND: readonly [name: string, said: readonly Said[], atOnce: readonly Place[], later: readonly Place[]][] = [
    ["grant G, grant G, revokeAll", [grant("GENERAL"), grant("GENERAL"), revokeAll], [], []],
    ["revoke G, grant G, revokeAll", [revoke("GENERAL"), grant("GENERAL"), revokeAll], [], []],
    ["revoke G, grant record, revokeAll", [revoke("GENERAL"), grant("record"), revokeAll], [], []],
    [
      "two revokeAll, grant record, revoke G, grant G",
      [revokeAll, revokeAll, grant("record"), revoke("GENERAL"), grant("GENERAL")],
      [],
      [["own", "GENERAL"]],
    ],
    ["grant record, revoke G, grant G", [grant("record"), revoke("GENERAL"), grant("GENERAL")], ...twice("GENERAL")],
    ["revoke G, grant record: dead, fail closed", [revoke("GENERAL"), grant("record")], [], []],
    [
      "revoke G, grant G, grant record: the narrower one dead, fail closed",
      [revoke("GENERAL"), grant("GENERAL"), grant("record")],
      ...twice("GENERAL"),
    ],
    [
      "revokeAll, revoke G, grant G: from the next second",
      [revokeAll, revoke("GENERAL"), grant("GENERAL")],
      [],
      [["own", "GENERAL"]],
    ],
  ];

  function twice(scope: Scope): [Place[], Place[]] {
    return [[["own", scope]], [["own", scope]]];
  }

  for (const [name, said, atOnce, later] of FOUND) {
    for (const holder of ["own", "any"] as const) {
      it(`in one block, ${holder}: ${name}`, async () => {
        const of = (scope: Scope): Place => [holder, scope];
        const theirs = said.map((one): Said => (one[0] === "revokeAll" ? one : [one[0], ...of(one[2])]));
        const { tell } = await world();
        const answers = await tell([theirs]);
        const expected = [atOnce, later].map((places) => places.map(([, scope]) => of(scope)));
        expect(answers.map(({ alive }) => alive)).to.deep.equal(expected);
      });
    }
  }

  it("a narrower grant in the second after the refusal lives, through a GENERAL grant, too", async () => {
    const { tell } = await world();
    const story = [[revoke("GENERAL")], [grant("record")]];
    for (const told of [story, [...story, [grant("GENERAL")]], [...story, [], [grant("GENERAL"), grant("GENERAL")]]]) {
      for (const { alive } of await tell(told)) expect(alive).to.deep.include(["own", "record"]);
    }
  });
});
