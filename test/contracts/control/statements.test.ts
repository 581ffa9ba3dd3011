import { expect } from "chai";
import { id } from "ethers";
import { stampOf } from "../chain.js";
import { EMERGENCY, GENERAL, UNTIL_REVOKED } from "../words.js";
import { deliver, direct, done, nextBlockAt } from "./routes.js";
import { eventsIn, expectError, load, type World } from "./setup.js";
import { accepted, type Changes, DAY, type Delivery, granting, stated, type VerbName, VERBS, WEEK } from "./stated.js";
import { compact, type Fields, malleated, STATEMENTS, type Statement, truncated, voiceFor } from "./signing.js";

const NAMES = Object.keys(VERBS) as VerbName[];
/** Those for which it does not matter who controls the parent's own identity. */
const OF_A_PATIENT = NAMES.filter((name) => name !== "createDependent");
const IN_TIME = NAMES.filter((name) => VERBS[name].deadline);
const WITHOUT_DEADLINE = NAMES.filter((name) => !VERBS[name].deadline);

/** What the patient says by each function in these tests. */
function argsOf({ patient, heir, spouse, grantee }: World, verb: VerbName): readonly unknown[] {
  const revocations = [{ grantee, scope: GENERAL }];
  const said: Record<VerbName, readonly unknown[]> = {
    transferControl: [patient.account, heir.account],
    createDependent: [id("a child")],
    appointRepresentative: [patient.account, spouse.account, 5n, UNTIL_REVOKED],
    dismissRepresentative: [patient.account, spouse.account],
    setExclusions: [patient.account, 3n],
    setGuardians: [patient.account, id("guardians"), DAY],
    cancelRecovery: [patient.account],
    grant: granting(patient.account, grantee, GENERAL),
    revoke: [patient.account, revocations],
    revokeAll: [patient.account],
  };
  return said[verb];
}

/** The patient's statement, which would be accepted at its stamp but for these changes. */
function said(world: World, verb: VerbName, changes: Changes & { issuedAt: bigint }, by = world.patient as never) {
  const args = argsOf(world, verb);
  if (verb !== "transferControl") return stated(world, by, verb, args, changes);
  const { issuedAt, deadline } = changes;
  const agreed = accepted(world, world.heir, world.patient.account, issuedAt, deadline);
  return stated(world, by, verb, args, { ...changes, deadline: agreed.deadline }, agreed.acceptance);
}

async function expectAccepted(world: World, delivery: Delivery) {
  const receipt = await (await deliver(world, delivery)).wait();
  expect(eventsIn(receipt!.logs)).to.have.length(1);
}

describe("PatientControl: statements", () => {
  it("the table names every function that takes a signature", async () => {
    const { consents } = await load();
    const names: string[] = [];
    consents.interface.forEachFunction(({ name }) => {
      if (name.endsWith("BySig")) names.push(name);
    });
    expect(NAMES.map((name) => `${name}BySig`)).to.have.members(names);
  });

  for (const verb of NAMES) {
    describe(verb, () => {
      it("is stamped before the end of the block's second, to the millisecond", async () => {
        const world = await load();
        const at = await nextBlockAt();
        const soon = said(world, verb, { issuedAt: stampOf(at) });
        await expectError(world, deliver(world, soon), "TooSoon", stampOf(at), stampOf(at) - 1n);
        const far = said(world, verb, { issuedAt: (1n << 48n) - 1n, deadline: (1n << 48n) - 1n });
        const error = VERBS[verb].deadline ? "DeadlineTooFar" : "TooSoon";
        const latest = VERBS[verb].deadline ? (1n << 48n) - 1n : stampOf(at) - 1n;
        await expectError(world, deliver(world, far), error, (1n << 48n) - 1n, latest);
        await expectAccepted(world, said(world, verb, { issuedAt: stampOf(at) - 1n }));
      });

      it("can be as old as its deadline allows, or as old as can be", async () => {
        const world = await load();
        const at = await nextBlockAt();
        const oldest = VERBS[verb].deadline ? (at - WEEK) * 1000n : 1n;
        await expectAccepted(world, said(world, verb, { issuedAt: oldest, deadline: at }));
      });

      it("is signed by who says it, in full and canonically", async () => {
        const world = await load();
        const { patient, thief } = world;
        const issuedAt = (await nextBlockAt()) * 1000n;
        const forged = said(world, verb, { issuedAt }, voiceFor(patient.account, thief) as never);
        await expectError(world, deliver(world, forged), "InvalidSignature", patient.account);
        const delivery = said(world, verb, { issuedAt });
        const others = delivery.args.slice(0, -1);
        const { signature } = delivery.signed;
        for (const bad of ["0x", compact(signature), malleated(signature), truncated(signature), `${signature}00`]) {
          const args = [...others, { ...delivery.signed, signature: bad }];
          await expectError(world, deliver(world, { ...delivery, args }), "InvalidSignature", patient.account);
        }
        await expectAccepted(world, delivery);
      });

      it("is made for this contract on this chain", async () => {
        const world = await load();
        const { patient, place, heir } = world;
        const issuedAt = (await nextBlockAt()) * 1000n;
        for (const elsewhere of [
          { ...place, chainId: place.chainId + 1n },
          { ...place, verifyingContract: heir.account },
        ]) {
          const foreign = said(world, verb, { issuedAt, place: elsewhere });
          await expectError(world, deliver(world, foreign), "InvalidSignature", patient.account);
        }
      });

      it("is signed as what it is: no statement of another type, whatever its fields", async () => {
        const world = await load();
        const { patient } = world;
        const issuedAt = (await nextBlockAt()) * 1000n;
        const others = (Object.keys(STATEMENTS) as Statement[]).filter((name) => name !== VERBS[verb].statement);
        for (const statement of others) {
          const message = everyField(world, verb);
          const other = said(world, verb, { issuedAt, statement, message });
          await expectError(world, deliver(world, other), "InvalidSignature", patient.account);
        }
      });

      it("is signed with every field: none can be another", async () => {
        const world = await load();
        const { patient, stranger } = world;
        const issuedAt = (await nextBlockAt()) * 1000n;
        for (const { name, type } of STATEMENTS[VERBS[verb].statement]) {
          const others: Record<string, unknown> = {
            address: stranger.account,
            bytes32: id("other"),
            string: "I agree to more",
          };
          const nothing = type.endsWith("]") ? [] : 1n;
          const altered = said(world, verb, { issuedAt, message: { [name]: others[type] ?? nothing } });
          // The stamp of what is delivered is not what was signed.
          const args = [...altered.args.slice(0, -1), { ...altered.signed, issuedAt }];
          await expectError(world, deliver(world, { ...altered, args }), "InvalidSignature", patient.account);
        }
        await expectAccepted(world, said(world, verb, { issuedAt }));
      });

      it("delivered again, changes nothing", async () => {
        const world = await load();
        const { consents, patient } = world;
        const issuedAt = (await nextBlockAt()) * 1000n;
        const delivery = said(world, verb, { issuedAt });
        await expectAccepted(world, delivery);
        const since = await consents.controlSinceOf(patient.account);
        const again = deliver(world, delivery);
        if (verb === "transferControl") await expectError(world, again, "StatementVoid", issuedAt, since);
        else if (verb === "createDependent") {
          const dependent = await consents.dependentOf(patient.account, id("a child"));
          await expectError(world, again, "DependentExists", dependent);
        } else expect((await (await again).wait())!.logs).to.deep.equal([]);
      });
    });
  }

  for (const verb of IN_TIME) {
    it(`${verb}: has a deadline, in whose second it can still be delivered`, async () => {
      const world = await load();
      const at = await nextBlockAt();
      const late = said(world, verb, { issuedAt: (at - 5n) * 1000n, deadline: at - 1n });
      await expectError(world, deliver(world, late), "DeadlinePassed", at - 1n);
      await expectAccepted(world, said(world, verb, { issuedAt: (at - 5n) * 1000n, deadline: at }));
    });

    it(`${verb}: has a deadline of seven days after its stamp at most, to the millisecond`, async () => {
      const world = await load();
      const at = await nextBlockAt();
      const [issuedAt, deadline] = [at * 1000n, at + WEEK];
      const far = said(world, verb, { issuedAt: issuedAt - 1n, deadline });
      await expectError(world, deliver(world, far), "DeadlineTooFar", issuedAt - 1n, deadline);
      const huge = said(world, verb, { issuedAt, deadline: (1n << 48n) - 1n });
      await expectError(world, deliver(world, huge), "DeadlineTooFar", issuedAt, (1n << 48n) - 1n);
      await expectAccepted(world, said(world, verb, { issuedAt, deadline }));
    });
  }

  for (const verb of WITHOUT_DEADLINE) {
    it(`${verb}: can be delivered years later`, async () => {
      const world = await load();
      const issuedAt = (await nextBlockAt()) * 1000n;
      const delivery = said(world, verb, { issuedAt });
      await nextBlockAt(issuedAt / 1000n + 3650n * DAY);
      await expectAccepted(world, delivery);
    });
  }

  for (const verb of OF_A_PATIENT) {
    it(`${verb}: is newer than the last change of control, by a millisecond at least`, async () => {
      const world = await load();
      const { patient, heir } = world;
      await done(direct.transfer(world, patient, patient.account, heir));
      const { at } = await done(direct.transfer(world, heir, patient.account, patient));
      const old = said(world, verb, { issuedAt: stampOf(at) });
      await expectError(world, deliver(world, old), "StatementVoid", stampOf(at), stampOf(at));
      await expectAccepted(world, said(world, verb, { issuedAt: stampOf(at) + 1n }));
    });
  }

  it("of a signed grant neither sentence nor document can be exchanged", async () => {
    const world = await load();
    const { patient } = world;
    const issuedAt = (await nextBlockAt()) * 1000n;
    const { args, ...delivery } = said(world, "grant", { issuedAt });
    for (const at of [2, 3]) {
      const other = args.map((arg, i) => (i === at ? id("another") : arg));
      await expectError(world, deliver(world, { ...delivery, args: other }), "InvalidSignature", patient.account);
    }
  });

  it("a list of revocations cannot be cut, repeated or reordered", async () => {
    const world = await load();
    const { patient, grantee } = world;
    const issuedAt = (await nextBlockAt()) * 1000n;
    const [first, second] = [GENERAL, EMERGENCY].map((scope) => ({ grantee, scope }));
    const whole = stated(world, patient, "revoke", [patient.account, [first, second]], { issuedAt });
    for (const list of [[], [first], [second], [second, first], [first, second, second]]) {
      const args = [patient.account, list, whole.signed];
      await expectError(world, deliver(world, { ...whole, args }), "InvalidSignature", patient.account);
    }
    const receipt = await (await deliver(world, whole)).wait();
    expect(receipt!.logs).to.have.length(2);
  });
});

/** A value for every field of any statement; those of the statement that is delivered where the names are the same. */
function everyField(world: World, verb: VerbName): Fields {
  const { patient, heir, spouse } = world;
  const { names } = VERBS[verb];
  const args = argsOf(world, verb);
  const named: Fields = Object.fromEntries(names.map((name, i) => [name, args[i]]));
  return {
    patient: patient.account,
    parent: patient.account,
    controller: heir.account,
    representative: spouse.account,
    guardian: patient.account,
    categories: 3n,
    commitment: id("guardians"),
    salt: id("a child"),
    delay: DAY,
    since: 5n,
    until: UNTIL_REVOKED,
    grants: [],
    revocations: [],
    statement: "",
    document: id("a document"),
    ...(verb !== "grant" && verb !== "revoke" && named),
  };
}
