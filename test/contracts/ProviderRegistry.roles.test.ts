import { expect } from "chai";
import type { Signer, Suite } from "../suite.js";
import { entry, fixtures, OFFICES, YEAR } from "./fixtures.js";
import { ethers, time } from "./chain.js";
import { Ability } from "./words.js";

const ROLES = [...OFFICES, "manager", "reader", "patient", "stranger"] as const;

type Role = (typeof ROLES)[number];
type World = Suite & { roles: Record<Role, Signer> };

/** One function: who may call it for the clinic, how, and what everybody else is told. */
interface Row {
  may: readonly Role[];
  call: (world: World, by: Signer) => Promise<unknown>;
  refusal: (world: World, role: Role) => [error: string, ...args: unknown[]];
}

const unauthorized: Row["refusal"] = ({ roles }, role) => ["AccessManagedUnauthorized", roles[role]];
const notAccreditorOf: Row["refusal"] = ({ roles }, role) => ["NotAccreditorOf", roles[role], roles.clinic];
const notManaging: Row["refusal"] = ({ roles }, role) => ["NotActingFor", roles[role], roles.clinic, Ability.MANAGE];
const inAYear = async () => BigInt(await time.latest()) + YEAR;

const FUNCTIONS: Record<string, Row> = {
  appointAccreditor: {
    may: ["consortium"],
    call: ({ providers, signers }, by) => providers.connect(by).appointAccreditor(5, signers.lab),
    refusal: unauthorized,
  },
  reinstate: {
    may: ["consortium"],
    call: async ({ providers, roles }, by) => {
      await providers.connect(roles.accreditor).suspend(roles.clinic);
      return providers.connect(by).reinstate(roles.clinic);
    },
    refusal: unauthorized,
  },
  setEmergency: {
    may: ["consortium"],
    call: ({ providers, roles }, by) => providers.connect(by).setEmergency(roles.clinic, true),
    refusal: unauthorized,
  },
  restoreOwnKey: {
    may: ["consortium"],
    call: async ({ providers, roles }, by) => {
      await providers.connect(roles.manager).setOwnKey(roles.clinic, true);
      return providers.connect(by).restoreOwnKey(roles.clinic);
    },
    refusal: unauthorized,
  },
  setAuthority: {
    may: [],
    call: ({ providers, signers }, by) => providers.connect(by).setAuthority(signers.stranger),
    refusal: unauthorized,
  },
  register: {
    may: ["accreditor", "otherAccreditor"],
    call: async ({ providers, signers }, by) => providers.connect(by).register(await entry(signers.relayer)),
    refusal: ({ roles }, role) => ["NotAccreditor", roles[role]],
  },
  renew: {
    may: ["accreditor"],
    call: async ({ providers, roles }, by) => providers.connect(by).renew(roles.clinic, await inAYear()),
    refusal: notAccreditorOf,
  },
  suspend: {
    may: ["accreditor"],
    call: ({ providers, roles }, by) => providers.connect(by).suspend(roles.clinic),
    refusal: notAccreditorOf,
  },
  revoke: {
    may: ["accreditor"],
    call: ({ providers, roles }, by) => providers.connect(by).revoke(roles.clinic),
    refusal: notAccreditorOf,
  },
  setCapabilities: {
    may: ["accreditor"],
    call: ({ providers, roles }, by) => providers.connect(by).setCapabilities(roles.clinic, 0),
    refusal: notAccreditorOf,
  },
  setEntry: {
    may: ["accreditor", "clinic", "manager"],
    call: ({ providers, roles }, by) => providers.connect(by).setEntry(roles.clinic, "Other", ""),
    refusal: notManaging,
  },
  setMember: {
    may: ["clinic", "manager"],
    call: async ({ providers, roles, signers }, by) =>
      providers.connect(by).setMember(roles.clinic, signers.relayer, Ability.READ, await inAYear()),
    refusal: notManaging,
  },
  setOwnKey: {
    may: ["manager"],
    call: ({ providers, roles }, by) => providers.connect(by).setOwnKey(roles.clinic, true),
    refusal: (world, role) => (role === "clinic" ? ["NotByOwnKey", world.roles.clinic] : notManaging(world, role)),
  },
};

describe("ProviderRegistry: roles", () => {
  async function world(): Promise<World> {
    const suite = await fixtures.listed();
    const { clinic, member, otherMember } = suite.signers;
    const directory = suite.providers.connect(clinic);
    const until = (await inAYear()) + YEAR;
    await directory.setMember(clinic, member, Ability.MANAGE | Ability.READ, until);
    await directory.setMember(clinic, otherMember, 31 & ~Ability.MANAGE, until);
    return { ...suite, roles: { ...suite.signers, manager: member, reader: otherMember } };
  }

  it("the table names every function that changes something", async () => {
    const { providers } = await world();
    const names: string[] = [];
    providers.interface.forEachFunction(({ name, stateMutability }) => {
      if (stateMutability === "nonpayable") names.push(name);
    });
    expect(Object.keys(FUNCTIONS)).to.have.members(names);
  });

  for (const [name, { may, call, refusal }] of Object.entries(FUNCTIONS)) {
    for (const role of ROLES) {
      it(`${name}: the ${role} ${may.includes(role) ? "may" : "must not"}`, async () => {
        const all = await world();
        const calling = call(all, all.roles[role]);
        if (may.includes(role)) return expect(calling).not.to.revert(ethers);
        const [error, ...args] = refusal(all, role);
        return expect(calling)
          .to.be.revertedWithCustomError(all.providers, error)
          .withArgs(...args);
      });
    }
  }
});
