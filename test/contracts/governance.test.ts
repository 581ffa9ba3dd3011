import { expect } from "chai";
import { id } from "ethers";
import { deploySuite, type Signer, type Suite } from "../suite.js";
import { connection, ethers, networkHelpers, time } from "./chain.js";
import { Ability, NONE } from "./words.js";

const [HOUR, DAY] = [3600, 24 * 3600];
const [DIRECTORY_DELAY, ADMIN_DELAY] = [DAY, 3 * DAY];
const WEEK = 7 * DAY;

describe("governance with delays", () => {
  /** The suite as on a chain in earnest. */
  async function delayed(): Promise<Suite> {
    return deploySuite(connection, { directoryDelay: DIRECTORY_DELAY, adminDelay: ADMIN_DELAY });
  }

  /** The consortium, and what it wants: to appoint the accreditor. */
  async function appointing() {
    const suite = await networkHelpers.loadFixture(delayed);
    const { providers, manager, signers } = suite;
    const data = providers.interface.encodeFunctionData("appointAccreditor", [1, signers.accreditor.address]);
    const governor = manager.connect(signers.consortium);
    const operation = await manager.hashOperation(signers.consortium, providers, data);
    const routes = {
      directly: () => providers.connect(signers.consortium).appointAccreditor(1, signers.accreditor),
      "through the manager": () => governor.execute(providers, data),
    };
    return { ...suite, suite, data, governor, operation, routes };
  }

  for (const route of ["directly", "through the manager"] as const) {
    describe(route, () => {
      it("nothing is done that was not announced", async () => {
        const { manager, routes, operation } = await appointing();
        await expect(routes[route]())
          .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
          .withArgs(operation);
      });

      it("nothing is done a second before the delay is over", async () => {
        const { manager, providers, governor, routes, data, operation } = await appointing();
        await governor.schedule(providers, data, 0);
        await time.setNextBlockTimestamp((await time.latest()) + DIRECTORY_DELAY - 1);
        await expect(routes[route]())
          .to.be.revertedWithCustomError(manager, "AccessManagerNotReady")
          .withArgs(operation);
      });

      for (const wait of [DIRECTORY_DELAY, DIRECTORY_DELAY + WEEK - 1]) {
        it(`it is done ${wait} s later, once`, async () => {
          const { manager, providers, signers, governor, routes, data } = await appointing();
          await governor.schedule(providers, data, 0);
          await time.setNextBlockTimestamp((await time.latest()) + wait);
          await expect(routes[route]()).to.emit(providers, "AccreditorAppointed").withArgs(1, signers.accreditor);
          await expect(routes[route]()).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
        });
      }

      it("nothing is done a week after the delay, when the announcement is forgotten", async () => {
        const { manager, providers, governor, routes, data, operation } = await appointing();
        await governor.schedule(providers, data, 0);
        await time.setNextBlockTimestamp((await time.latest()) + DIRECTORY_DELAY + WEEK);
        await expect(routes[route]())
          .to.be.revertedWithCustomError(manager, "AccessManagerExpired")
          .withArgs(operation);
      });

      it("nothing is done that was called off", async () => {
        const { manager, providers, signers, governor, routes, data } = await appointing();
        await governor.schedule(providers, data, 0);
        await governor.cancel(signers.consortium, providers, data);
        await time.increase(DIRECTORY_DELAY);
        await expect(routes[route]()).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
      });
    });
  }

  it("an announcement is for one call with its arguments, and not for earlier than the delay", async () => {
    const { manager, providers, signers, governor, data } = await appointing();
    const { selector } = providers.interface.getFunction("appointAccreditor");
    const early = (await time.latest()) + DIRECTORY_DELAY - HOUR;
    await expect(governor.schedule(providers, data, early))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
      .withArgs(signers.consortium, providers, selector);
    await governor.schedule(providers, data, 0);
    await time.increase(DIRECTORY_DELAY);
    await expect(
      providers.connect(signers.consortium).appointAccreditor(1, signers.stranger),
    ).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
  });

  it("every decision in the directory waits, and a review does not", async () => {
    const { manager, providers, audit, signers } = await appointing();
    const { consortium, reviewer, clinic } = signers;
    const directory = providers.connect(consortium);
    for (const call of [
      directory.appointAccreditor(1, clinic),
      directory.reinstate(clinic),
      directory.setEmergency(clinic, true),
      directory.setEmergency(clinic, false),
      directory.restoreOwnKey(clinic),
      directory.moveIdentifier(id("an identifier"), clinic),
    ]) {
      await expect(call).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
    }
    await expect(audit.connect(reviewer).review(id("an access"), 1, NONE)).to.emit(audit, "Reviewed");
  });

  it("what can't wait does not: an accreditor stops a provider with EMERGENCY at once", async () => {
    const { providers, signers, governor, routes, data } = await appointing();
    const { consortium, accreditor, clinic } = signers;
    const announced = async (call: string) => {
      await governor.schedule(providers, call, 0);
      await time.increase(DIRECTORY_DELAY);
    };
    await announced(data);
    await routes.directly();
    const expiresAt = (await time.latest()) + WEEK;
    const registration = { provider: clinic, kind: 0, capabilities: 0, expiresAt, name: "Clinic", endpoint: "" };
    await providers.connect(accreditor).register(registration);
    await announced(providers.interface.encodeFunctionData("setEmergency", [clinic.address, true]));
    await providers.connect(consortium).setEmergency(clinic, true);
    expect(await providers.empowers(clinic, clinic, Ability.EMERGENCY)).to.equal(true);
    await providers.connect(accreditor).suspend(clinic);
    expect(await providers.empowers(clinic, clinic, Ability.EMERGENCY)).to.equal(false);
  });

  it("roles and delays change after the administrators' delay, which shortens by itself only", async () => {
    const { manager, signers, governor } = await appointing();
    const { consortium, stranger } = signers;
    for (const [name, args] of [
      ["grantRole", [0, stranger.address, 0]],
      ["grantRole", [1, consortium.address, 0]],
      ["grantRole", [0, consortium.address, 0]],
      ["revokeRole", [2, signers.reviewer.address]],
    ] as const) {
      const data = manager.interface.encodeFunctionData(name as "grantRole", args as never);
      await expect(governor.execute(manager, data)).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
      await governor.schedule(manager, data, 0);
      await time.setNextBlockTimestamp((await time.latest()) + ADMIN_DELAY - 1);
      await expect(governor.execute(manager, data)).to.be.revertedWithCustomError(manager, "AccessManagerNotReady");
      await networkHelpers.mine();
      await governor.execute(manager, data);
    }
    expect((await manager.hasRole(0, stranger)).isMember).to.equal(true);
    expect((await manager.hasRole(2, signers.reviewer)).isMember).to.equal(false);
  });

  it("the directory changes its AccessManager only after the administrators' delay", async () => {
    const { manager, providers, signers, governor } = await appointing();
    const other = await ethers.deployContract("AccessManager", [signers.stranger.address]);
    const data = manager.interface.encodeFunctionData("updateAuthority", [
      await providers.getAddress(),
      await other.getAddress(),
    ]);
    await governor.schedule(manager, data, 0);
    await time.increase(DIRECTORY_DELAY);
    await expect(governor.execute(manager, data)).to.be.revertedWithCustomError(manager, "AccessManagerNotReady");
    await time.increase(ADMIN_DELAY);
    await governor.execute(manager, data);
    expect(await providers.authority()).to.equal(await other.getAddress());
  });

  describe("the deployer", () => {
    it("holds no role", async () => {
      const { manager, signers } = await appointing();
      const granted = await manager.queryFilter(manager.filters.RoleGranted());
      for (const { args } of granted) {
        expect([...(await manager.getAccess(args.roleId, signers.deployer))]).to.deep.equal([0n, 0n, 0n, 0n]);
      }
    });

    it("can neither do nor announce anything", async () => {
      const { manager, providers, audit, signers, data } = await appointing();
      const { deployer } = signers;
      const own = manager.connect(deployer);
      const target = await providers.getAddress();
      const selector = data.slice(0, 10);
      for (const call of [own.execute(target, data), own.schedule(target, data, 0)]) {
        await expect(call)
          .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
          .withArgs(deployer, target, selector);
      }
      await expect(own.grantRole(0, deployer, 0))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
        .withArgs(deployer, 0);
      await expect(audit.connect(deployer).review(id("an access"), 1, NONE))
        .to.be.revertedWithCustomError(audit, "AccessManagedUnauthorized")
        .withArgs(deployer);
    });
  });

  it("who holds what, and what each role may call, is what was set up and nothing else", async () => {
    const { manager, providers, audit, signers } = await appointing();
    const { deployer, consortium, reviewer } = signers;
    const accesses = async (role: number, accounts: Signer[]) =>
      Promise.all(accounts.map(async (account) => [...(await manager.hasRole(role, account))]));
    const three = [deployer, consortium, reviewer];
    const nothing = [false, 0n];
    expect(await accesses(0, three)).to.deep.equal([nothing, [true, BigInt(ADMIN_DELAY)], nothing]);
    expect(await accesses(1, three)).to.deep.equal([nothing, [true, BigInt(DIRECTORY_DELAY)], nothing]);
    expect(await accesses(2, three)).to.deep.equal([nothing, nothing, [true, 0n]]);
    const labels = await manager.queryFilter(manager.filters.RoleLabel());
    expect(labels.map(({ args }) => [...args])).to.deep.equal([
      [1n, "DIRECTORY"],
      [2n, "REVIEWER"],
    ]);
    const updates = await manager.queryFilter(manager.filters.TargetFunctionRoleUpdated());
    const named = updates.map(({ args: { target, selector, roleId } }) => {
      const { interface: abi } = target === audit.target ? audit : providers;
      return [abi.getFunction(selector as never).name, roleId];
    });
    expect(named).to.deep.equal([
      ["appointAccreditor", 1n],
      ["reinstate", 1n],
      ["setEmergency", 1n],
      ["restoreOwnKey", 1n],
      ["moveIdentifier", 1n],
      ["review", 2n],
    ]);
  });
});
