import {
  AccessManagedUnauthorizedError,
  AccessManagerAlreadyScheduledError,
  AccessManagerExpiredError,
  AccessManagerNotReadyError,
  AccessManagerNotScheduledError,
  AccessManagerUnauthorizedCallError,
  AccessManagerUnauthorizedCancelError,
  InvalidAddressError,
  InvalidParameterError,
  NoSignerError,
  ProviderUnknownError,
} from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import {
  type Governed,
  type GovernanceActions,
  governanceOf,
  NothingToAnnounceError,
  NotReadyError,
} from "@consentry/sdk/governance";
import { expect } from "chai";
import { id as keccak, ZeroHash } from "ethers";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { DAY, ethers, expectError, fixtures, networkHelpers, sent, type World } from "../setup.js";

const { time } = networkHelpers;
const WEEK = 7 * DAY;
const IDENTIFIER = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" };

/** A world in which what the consortium decides waits, and the consortium's governance. */
async function waiting() {
  const world = await fixtures.delayed();
  const governance = governanceOf(world.as.consortium);
  return { ...world, governance, provider: world.signers.clinic.address };
}

/** What the consortium wants most: that the clinic may break the glass. */
async function announcing() {
  const world = await waiting();
  const params = { provider: world.provider, capable: true };
  const announced = await world.governance.setEmergency.announce(params);
  return { ...world, params, announced };
}

/** The chain's next block is of that time. */
async function next(date: Date, seconds = 0): Promise<void> {
  await time.setNextBlockTimestamp(date.getTime() / 1000 + seconds);
}

type Actions = Record<string, Governed<object, { events: { type: string }[] }>>;

/** Every action that waits: with what, after what, what comes of it, and how long it waits. */
const WAITING: [
  name: keyof GovernanceActions,
  params: (world: World) => object,
  event: string,
  delay: number,
  before?: (world: World) => Promise<unknown>,
][] = [
  ["appointAccreditor", ({ signers }) => ({ accreditor: 2, account: signers.lab.address }), "AccreditorAppointed", DAY],
  [
    "reinstate",
    ({ signers }) => ({ provider: signers.clinic.address }),
    "ProviderReinstated",
    DAY,
    ({ as, signers }) => as.accreditor.providers.suspend({ provider: signers.clinic.address }),
  ],
  ["setEmergency", ({ signers }) => ({ provider: signers.clinic.address, capable: true }), "CapabilitiesChanged", DAY],
  [
    "restoreOwnKey",
    ({ signers }) => ({ organization: signers.clinic.address }),
    "OwnKeySwitched",
    DAY,
    async ({ as, signers: { clinic, member } }) => {
      const rights = { member: member.address, abilities: ["manage"], until: "until-revoked" } as const;
      await as.clinic.providers.setMember(rights);
      await governanceOf(as.member).setOwnKey({ organization: clinic.address, off: true });
    },
  ],
  [
    "moveIdentifier",
    ({ signers }) => ({ identifier: IDENTIFIER, provider: signers.hospital.address }),
    "IdentifierMoved",
    DAY,
    ({ as, signers }) =>
      governanceOf(as.accreditor).setIdentifier({ provider: signers.clinic.address, identifier: IDENTIFIER }),
  ],
  [
    "grantRole",
    ({ signers }) => ({ role: "reviewer", account: signers.lab.address, delay: 0 }),
    "RoleGranted",
    3 * DAY,
  ],
  ["revokeRole", ({ signers }) => ({ role: "reviewer", account: signers.reviewer.address }), "RoleRevoked", 3 * DAY],
];

describe("governance: what waits", () => {
  for (const [name, paramsOf, event, delay, before] of WAITING) {
    describe(name, () => {
      const ready = async () => {
        const world = await waiting();
        await before?.(world);
        const action = (world.governance as unknown as Actions)[name]!;
        return { ...world, action, params: paramsOf(world) };
      };

      it("is refused without an announcement, then a second too early, and done once when it is ready", async () => {
        const { action, params } = await ready();
        await expectError(action(params), AccessManagerNotScheduledError);
        const { id, readyAt, expiresAt, blockNumber } = await action.announce(params);
        const { timestamp } = (await ethers.provider.getBlock(blockNumber))!;
        expect(readyAt.getTime()).to.equal((timestamp + delay) * 1000);
        expect(expiresAt.getTime()).to.equal(readyAt.getTime() + WEEK * 1000);
        await next(readyAt, -1);
        await expectError(action(params), NotReadyError, { id, readyAt, expiresAt, code: "NotReady" });
        await next(readyAt);
        const { events } = await action(params);
        expect(events.map(({ type }) => type)).to.deep.equal([event]);
        await expectError(action(params), AccessManagerNotScheduledError);
      });

      it("is done by its id, too, with what the call says", async () => {
        const { action, params, governance } = await ready();
        const { id, readyAt } = await action.announce(params);
        await next(readyAt);
        const { events } = await governance.execute(id);
        expect(events.map(({ type }) => type)).to.have.members([event, "OperationExecuted"]);
        expect(await governance.announced()).to.deep.equal([]);
      });

      it("is built without being sent, both to be announced and to be done", async () => {
        const { action, params, manager, signers } = await ready();
        const before = await sent(signers.consortium);
        const { to, data } = await action.request(params);
        const announcement = await action.announce.request(params);
        expect(announcement).to.deep.equal({
          to: await manager.getAddress(),
          data: manager.interface.encodeFunctionData("schedule", [to, data, 0]),
        });
        expect(await sent(signers.consortium)).to.equal(before);
      });
    });
  }

  it("takes effect: the clinic breaks the glass, and does not any more once that is taken", async () => {
    const { governance, params, announced, signers, as } = await announcing();
    const breakGlass = () =>
      emergencyOf(as.clinic).breakGlass({ patient: signers.patient.address, categories: ["LABS"], reason: "found" });
    await next(announced.readyAt);
    const { events } = await governance.setEmergency(params);
    expect(events[0]).to.deep.include({ provider: params.provider, capabilities: ["contribute", "emergency"] });
    await breakGlass();
    const { readyAt } = await governance.setEmergency.announce({ ...params, capable: false });
    await next(readyAt);
    const taken = await governance.setEmergency({ ...params, capable: false });
    expect(taken.events[0]).to.deep.include({ capabilities: ["contribute"] });
    await expectError(breakGlass(), Error, { code: "NotEmpoweredFor" });
  });

  it("tells of a call too early what the contract said, too", async () => {
    const { governance, params, announced } = await announcing();
    const error: unknown = await governance.setEmergency(params).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NotReadyError);
    const { readyAt, message, cause } = error as NotReadyError;
    expect(message).to.include(readyAt.toISOString());
    expect(cause).to.be.instanceOf(AccessManagerNotReadyError);
    await expectError(governance.execute(announced.id), NotReadyError, { readyAt: announced.readyAt });
  });

  it("holds for these parameters only", async () => {
    const { governance, params, announced, signers } = await announcing();
    await next(announced.readyAt);
    const other = governance.setEmergency({ ...params, provider: signers.hospital.address });
    await expectError(other, AccessManagerNotScheduledError);
  });

  it("expires a week after it is ready, directly and by its id, and can be announced again", async () => {
    const { governance, params, announced } = await announcing();
    await expectError(governance.setEmergency.announce(params), AccessManagerAlreadyScheduledError, {
      args: { operationId: announced.id },
    });
    await time.increaseTo(announced.expiresAt.getTime() / 1000);
    await expectError(governance.setEmergency(params), AccessManagerExpiredError);
    await expectError(governance.execute(announced.id), AccessManagerExpiredError);
    expect((await governance.announced()).map(({ state }) => state)).to.deep.equal(["expired"]);
    const again = await governance.setEmergency.announce(params);
    expect(again.id).to.equal(announced.id);
    expect(await governance.announced()).to.have.lengthOf(1);
    await next(again.readyAt);
    await governance.execute(again.id);
  });

  it("is done in the last second before", async () => {
    const { governance, params, announced } = await announcing();
    await next(announced.expiresAt, -1);
    expect((await governance.setEmergency(params)).events).to.have.lengthOf(1);
  });

  it("is not done once it was called off, nor called off twice", async () => {
    const { governance, params, announced } = await announcing();
    const { id, readyAt } = announced;
    const { events } = await governance.cancel(id);
    expect(events.map(({ type, ...event }) => [type, event.id])).to.deep.equal([["OperationCanceled", id]]);
    await next(readyAt);
    await expectError(governance.setEmergency(params), AccessManagerNotScheduledError, { args: { operationId: id } });
    await expectError(governance.execute(id), AccessManagerNotScheduledError, { args: { operationId: id } });
    await expectError(governance.cancel(id), AccessManagerNotScheduledError, { args: { operationId: id } });
  });

  it("is not done again by its id, not even by a role that does not wait any more", async () => {
    const { governance, params, announced, signers, as } = await announcing();
    await governance.cancel(announced.id);
    const now = { role: "directory", account: signers.consortium.address, delay: 0 } as const;
    const { readyAt } = await governance.grantRole.announce(now);
    await next(readyAt);
    const { events } = await governance.grantRole(now);
    await time.increaseTo(events[0]!.since.getTime() / 1000);
    await expectError(governance.execute(announced.id), AccessManagerNotScheduledError);
    expect(await as.stranger.providers.get(params.provider)).to.deep.include({ capabilities: ["contribute"] });
    await expectError(governance.setEmergency.announce(params), NothingToAnnounceError, {
      caller: signers.consortium.address,
    });
    expect((await governance.setEmergency(params)).events).to.have.lengthOf(1);
  });

  it("is neither done, announced nor called off by somebody else", async () => {
    const { params, announced, as, signers } = await announcing();
    const stranger = governanceOf(as.stranger);
    const caller = signers.stranger.address;
    await next(announced.readyAt);
    await expectError(stranger.setEmergency(params), AccessManagedUnauthorizedError, { args: { caller } });
    await expectError(stranger.setEmergency.announce(params), AccessManagerUnauthorizedCallError);
    await expectError(stranger.execute(announced.id), AccessManagerUnauthorizedCallError);
    await expectError(stranger.cancel(announced.id), AccessManagerUnauthorizedCancelError);
    await expectError(stranger.grantRole({ role: "admin", account: caller, delay: 0 }), Error, {
      code: "AccessManagerUnauthorizedAccount",
    });
    expect(await sent(signers.stranger)).to.equal(0);
  });

  it("is not done by another holder of the role, who may announce it himself; nor by one who lost it", async () => {
    const { governance, params, announced, as, signers } = await announcing();
    const account = signers.lab.address;
    const second = { role: "directory", account, delay: DAY } as const;
    await next((await governance.grantRole.announce(second)).readyAt);
    const { events } = await governance.grantRole(second);
    expect(events[0]).to.deep.include({ role: "directory", roleId: 1n, account, delay: DAY });
    const other = governanceOf(as.lab);
    await expectError(other.execute(announced.id), AccessManagerUnauthorizedCallError, {
      args: {
        caller: account,
        target: announced.events[0]!.call.to,
        selector: announced.events[0]!.call.data.slice(0, 10),
      },
    });
    await expectError(other.setEmergency(params), AccessManagerNotScheduledError);
    const own = await other.setEmergency.announce(params);
    expect(own.id).to.not.equal(announced.id);
    const taken = { role: "directory", account } as const;
    await next((await governance.revokeRole.announce(taken)).readyAt);
    await governance.revokeRole(taken);
    await expectError(other.execute(own.id), AccessManagerUnauthorizedCallError);
    await expectError(other.setEmergency(params), AccessManagedUnauthorizedError);
    await governance.cancel(own.id);
  });

  it("fails with the error of the call itself, and stays announced", async () => {
    const { governance, signers } = await waiting();
    const params = { provider: signers.stranger.address, capable: true };
    const { id, readyAt } = await governance.setEmergency.announce(params);
    await time.increaseTo(readyAt.getTime() / 1000);
    await expectError(governance.setEmergency(params), ProviderUnknownError);
    await expectError(governance.execute(id), ProviderUnknownError, { args: { provider: params.provider } });
    expect((await governance.announced()).map(({ state }) => state)).to.deep.equal(["ready"]);
  });

  it("takes no nonsense, before anything is sent", async () => {
    const { governance, provider, signers, as } = await waiting();
    const account = signers.lab.address;
    const identifier = { ...IDENTIFIER, system: "urn:a|b" };
    const before = await sent(signers.consortium);
    for (const [promise, parameter] of [
      [governance.setEmergency({ provider } as never), "capable"],
      [governance.setEmergency.announce({ provider, capable: "no" } as never), "capable"],
      [governance.moveIdentifier.request({ identifier, provider }), "identifier.system"],
      [governance.grantRole({ role: "owner", account, delay: 0 } as never), "role"],
      [governance.grantRole({ role: "admin", account } as never), "delay"],
      [governance.grantRole({ role: "admin", account, delay: 2 ** 32 }), "delay"],
      [governance.grantRole({ role: "admin", account, delay: 0.5 }), "delay"],
      [governance.execute("0x12"), "id"],
      [governance.cancel("0x12"), "id"],
      [governance.announce({ to: account, data: "0x1" }), "data"],
      [governance.announce({ to: account, data: "0x12345678", value: 1 } as never), "value"],
    ] as const) {
      await expectError(promise, InvalidParameterError, { parameter });
    }
    await expectError(governance.restoreOwnKey({ organization: "x" }), InvalidAddressError, {
      parameter: "organization",
    });
    await expectError(governance.execute(ZeroHash), AccessManagerNotScheduledError, {
      args: { operationId: ZeroHash },
    });
    await expectError(governance.cancel.request(ZeroHash), AccessManagerNotScheduledError);
    expect(await sent(signers.consortium)).to.equal(before);
    expect(() => governanceOf({ ...as.consortium })).to.throw(InvalidParameterError);
  });

  it("is listed and built by whoever has no key, and announced by nobody without one", async () => {
    const { announced, params, deployment, manager, signers } = await announcing();
    const reader = createClient(contextOf(deployment, waysOf(ethers.provider)));
    const governance = governanceOf(reader);
    const [listed] = await governance.announced();
    const { to, data } = listed!.call;
    expect(await governance.execute.request(announced.id)).to.deep.equal({
      to: await manager.getAddress(),
      data: manager.interface.encodeFunctionData("execute", [to, data]),
    });
    expect(await governance.cancel.request(announced.id)).to.deep.equal({
      to: await manager.getAddress(),
      data: manager.interface.encodeFunctionData("cancel", [signers.consortium.address, to, data]),
    });
    await expectError(governance.setEmergency.announce(params), NoSignerError);
    await expectError(governance.execute(announced.id), NoSignerError);
  });
});

describe("governance.announced", () => {
  it("tells what each call does, who announced it, and how it stands at a block", async () => {
    const { governance, announced, params, signers, as, manager } = await announcing();
    const { id, readyAt, expiresAt, blockNumber, blockHash, hash } = announced;
    const target = await manager.getAddress();
    const secret = manager.interface.encodeFunctionData("setTargetClosed", [signers.clinic.address, true]);
    const other = await governance.announce({ to: target, data: secret });
    const list = governanceOf(as.stranger).announced;
    const [first, second, ...more] = await list();
    expect(more).to.deep.equal([]);
    expect(first).to.deep.include({
      id,
      readyAt,
      expiresAt,
      blockNumber,
      blockHash,
      transaction: hash,
      state: "waiting",
    });
    expect(first!.by).to.equal(signers.consortium.address);
    expect(first!.call).to.deep.include({ contract: "ProviderRegistry", name: "setEmergency", args: params });
    const args = { target: signers.clinic.address, closed: true };
    expect(second!.call).to.deep.include({ contract: "AccessManager", name: "setTargetClosed", args, to: target });
    await time.increaseTo(readyAt.getTime() / 1000 - 1);
    expect((await list()).map(({ state }) => state)).to.deep.equal(["waiting", "waiting"]);
    await networkHelpers.mine();
    expect((await list()).map(({ state }) => state)).to.deep.equal(["ready", "waiting"]);
    await governance.execute(id);
    expect((await list()).map((each) => each.id)).to.deep.equal([other.id]);
    expect((await list({ at: blockNumber })).map((each) => each.id)).to.deep.equal([id]);
    expect(await list({ at: blockNumber - 1 })).to.deep.equal([]);
    await expectError(list({ at: "x" } as never), InvalidParameterError, { parameter: "at" });
  });

  it("lists what it can't put into words: data that does not fit, and a review that waits", async () => {
    const { governance, as, signers, providers } = await waiting();
    const reviewer = { role: "reviewer", account: signers.lab.address, delay: DAY } as const;
    await next((await governance.grantRole.announce(reviewer)).readyAt);
    await governance.grantRole(reviewer);
    const { to, data } = await emergencyOf(as.lab).review.request({ subject: keccak("what"), verdict: "justified" });
    const { id, readyAt } = await governanceOf(as.lab).announce({ to, data });
    const selector = providers.interface.getFunction("setEmergency").selector;
    await governance.announce({ to: await providers.getAddress(), data: `${selector}ff` });
    const [review, broken] = await governance.announced();
    expect(review!.call).to.deep.include({ contract: "AuditLog", name: "review" });
    expect(review!.call.args).to.include({ subject: keccak("what") });
    expect(broken!.call).to.deep.include({ contract: "ProviderRegistry", name: undefined, args: undefined });
    await expectError(governanceOf(as.lab).execute(id), NotReadyError, { readyAt });
    await next(readyAt);
    await governanceOf(as.lab).execute(id);
    await expectError(governanceOf(as.reviewer).announce({ to, data }), NothingToAnnounceError, {
      caller: signers.reviewer.address,
    });
  });
});
