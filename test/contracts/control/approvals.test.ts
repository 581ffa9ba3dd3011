import { expect } from "chai";
import { id } from "ethers";
import { done, direct, nextBlockAt } from "./routes.js";
import { type Agreement, approved, named, recovery, start, startWith } from "./recovery.js";
import { commitmentOf, expectError, type Guardians, guardiansOf, load, type World } from "./setup.js";
import { DAY } from "./stated.js";
import { compact, malleated, truncated, voiceFor } from "./signing.js";

/** What guardians can get wrong, and what others can try with what guardians signed. */
describe("PatientControl: approvals of a recovery", () => {
  async function guarded(changes: Partial<Guardians> = {}): Promise<World> {
    const world = await load();
    await named(world, DAY, guardiansOf(world.guardians, changes));
    return world;
  }

  async function expectRefused(world: World, changes: Partial<Agreement>, error: string, ...args: unknown[]) {
    await expectError(world, (await start(world, changes)).sending, error, ...args);
    expect((await recovery(world)).readyAt).to.equal(0n);
  }

  describe("the guardians that are disclosed", () => {
    const changed: Record<string, (guardians: Guardians, world: World) => Guardians> = {
      "another salt": (guardians) => ({ ...guardians, salt: id("a guess") }),
      "a lower threshold": (guardians) => ({ ...guardians, threshold: 1n }),
      "a higher threshold": (guardians) => ({ ...guardians, threshold: 3n }),
      "one left out": (guardians) => ({ ...guardians, accounts: guardians.accounts.slice(0, 2) }),
      "one added": (guardians, { thief }) => ({ ...guardians, accounts: [...guardians.accounts, thief.account] }),
      "one exchanged": (guardians, { thief }) => ({
        ...guardians,
        accounts: [thief.account, ...guardians.accounts.slice(1)],
      }),
      "another order": (guardians) => ({ ...guardians, accounts: guardians.accounts.toReversed() }),
      nobody: (guardians) => ({ ...guardians, accounts: [], threshold: 0n }),
    };

    for (const [what, change] of Object.entries(changed)) {
      it(`must be those of the commitment: ${what}`, async () => {
        const world = await guarded();
        const { patient } = world;
        const guardians = change(guardiansOf(world.guardians), world);
        const commitment = commitmentOf(patient.account, guardians);
        await expectRefused(world, { guardians }, "WrongGuardians", patient.account, commitment);
      });
    }

    it("must be of this patient: the same people with the same salt for another are not", async () => {
      const world = await guarded();
      const { otherPatient } = world;
      const commitment = commitmentOf(otherPatient.account, guardiansOf(world.guardians));
      await expectRefused(world, { patient: otherPatient.account }, "WrongGuardians", otherPatient.account, commitment);
      await done(direct.say(world, otherPatient, "setGuardians", [otherPatient.account, commitment, DAY]));
      const at = await nextBlockAt();
      const { args } = approved(world, at);
      const moved = { args: [otherPatient.account, ...args.slice(1)] as never };
      await expectError(world, startWith(world, moved), "InvalidSignature", world.guardians[0].account);
    });

    it("a patient without guardians has none to disclose: not even those of the zero commitment", async () => {
      const world = await load();
      const { patient } = world;
      for (const threshold of [0n, 1n]) {
        const guardians = guardiansOf([], { threshold });
        const commitment = commitmentOf(patient.account, guardians);
        await expectRefused(world, { guardians, by: [] }, "WrongGuardians", patient.account, commitment);
      }
    });

    it("a threshold of 0 is no threshold: nobody can recover", async () => {
      const world = await guarded({ threshold: 0n });
      const { patient, guardians: people } = world;
      const guardians = guardiansOf(people, { threshold: 0n });
      const commitment = commitmentOf(patient.account, guardians);
      for (const by of [[], people.slice(0, 1), people]) {
        await expectRefused(world, { guardians, by }, "WrongGuardians", patient.account, commitment);
      }
    });

    it("a threshold above their number is never reached", async () => {
      const world = await guarded({ threshold: 4n });
      const guardians = guardiansOf(world.guardians, { threshold: 4n });
      await expectRefused(world, { guardians, by: world.guardians }, "TooFewApprovals", 3n, 4n);
    });

    it("who is named twice counts once", async () => {
      const world = await load();
      const [first] = world.guardians;
      const guardians = guardiansOf([first, first]);
      await named(world, DAY, guardians);
      const again = [first.account, first.account];
      await expectRefused(world, { guardians, by: [first, first] }, "ApprovalsNotInOrder", ...again);
      await expectRefused(world, { guardians, by: [first] }, "TooFewApprovals", 1n, 2n);
    });

    it("one alone can be enough, if the patient wanted it", async () => {
      const world = await guarded({ threshold: 1n });
      const guardians = guardiansOf(world.guardians, { threshold: 1n });
      await (
        await start(world, { guardians, by: [world.guardians[2]] })
      ).sending;
      expect((await recovery(world)).controller).to.equal(world.heir.account);
    });
  });

  describe("who approves", () => {
    it("is named in what is signed: one signature is not that of another guardian, too", async () => {
      const world = await guarded();
      const { guardians, thief } = world;
      const named = { guardian: guardians[1].account };
      await expectRefused(world, { signed: named }, "InvalidSignature", guardians[0].account);
      await expectRefused(world, { signed: { guardian: thief.account } }, "InvalidSignature", guardians[0].account);
    });

    it("is at least as many as the threshold", async () => {
      const world = await guarded();
      await expectRefused(world, { by: [] }, "TooFewApprovals", 0n, 2n);
      await expectRefused(world, { by: [world.guardians[0]] }, "TooFewApprovals", 1n, 2n);
    });

    it("comes in increasing order, each once", async () => {
      const world = await guarded();
      const [a, b, c] = world.guardians;
      await expectRefused(world, { by: [b, a] }, "ApprovalsNotInOrder", b.account, a.account);
      await expectRefused(world, { by: [a, a] }, "ApprovalsNotInOrder", a.account, a.account);
      await expectRefused(world, { by: [a, c, b] }, "ApprovalsNotInOrder", c.account, b.account);
      await expectRefused(world, { by: [a, b, b] }, "ApprovalsNotInOrder", b.account, b.account);
    });

    it("is a guardian: nobody else, also where there are enough without", async () => {
      const world = await guarded();
      const [a, b, c] = world.guardians;
      const { patient, stranger } = world;
      const sorted = (...voices: (typeof a)[]) =>
        voices.sort((x, y) => (BigInt(x.account) < BigInt(y.account) ? -1 : 1));
      for (const other of [patient, stranger]) {
        await expectRefused(world, { by: sorted(a, other) }, "NotGuardian", other.account);
        await expectRefused(world, { by: sorted(a, b, c, other) }, "NotGuardian", other.account);
      }
    });

    it("approves with its own key, also where there are enough without", async () => {
      const world = await guarded();
      const [a, b, c] = world.guardians;
      for (const by of [
        [a, voiceFor(b.account, c)],
        [a, voiceFor(b.account, c), c],
        [a, b, voiceFor(c.account, a)],
      ]) {
        const { account } = by.find((voice, i) => voice !== world.guardians[i])!;
        await expectRefused(world, { by }, "InvalidSignature", account);
      }
    });
  });

  describe("what they approve", () => {
    const altered: Record<string, (world: World) => Partial<Agreement>> = {
      "another controller": ({ friend }) => ({ signed: { controller: friend.account } }),
      "another patient": ({ otherPatient }) => ({ signed: { patient: otherPatient.account } }),
      "another commitment": () => ({ signed: { commitment: id("others") } }),
      "another time": () => ({ signed: { issuedAt: 1n } }),
      "another deadline": () => ({ signed: { deadline: 2n ** 48n - 1n } }),
      "another chain": ({ place }) => ({ place: { ...place, chainId: 1n } }),
      "another contract": ({ place, heir }) => ({ place: { ...place, verifyingContract: heir.account } }),
      "an acceptance of control": () => ({ statement: "AcceptControl" }),
      "a transfer of control": () => ({ statement: "TransferControl" }),
    };

    for (const [what, change] of Object.entries(altered)) {
      it(`is exactly what is delivered: not ${what}`, async () => {
        const world = await guarded();
        await expectRefused(world, change(world), "InvalidSignature", world.guardians[0].account);
      });
    }

    it("is for the new controller whom they named: not for who delivers it", async () => {
      const world = await guarded();
      const { args } = approved(world, await nextBlockAt());
      const [patient, , ...rest] = args;
      const stolen = { args: [patient, world.thief.account, ...rest] as never };
      await expectError(world, startWith(world, stolen), "InvalidSignature", world.guardians[0].account);
    });

    it("is signed once, canonically: a compact, malleated or cut signature is none", async () => {
      const world = await guarded();
      const { args } = approved(world, await nextBlockAt());
      for (const alter of [compact, malleated, truncated, (whole: string) => `${whole}00`, () => "0x"]) {
        const [last, ...others] = args.toReversed() as [(typeof args)[5], ...unknown[]];
        const approvals = last.map(({ signer, signature }) => ({ signer, signature: alter(signature) }));
        const bad = { args: [...others.toReversed(), approvals] as never };
        await expectError(world, startWith(world, bad), "InvalidSignature", world.guardians[0].account);
      }
    });
  });
});
