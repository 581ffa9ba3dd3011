import { expect } from "chai";
import { type Wallet, Interface, getAddress, id } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { Chain } from "../../scripts/deployment/chain.js";
import type { DeploymentRecord } from "../../scripts/deployment/records.js";
import { inspect } from "../../scripts/verification/inspect.js";
import { constructorArguments } from "../../sdk/src/deployments/deployContracts.js";
import { handOver } from "../../sdk/src/deployments/governance.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import { EMERGENCY } from "../../sdk/src/deployments/settings.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import {
  AccessManager__factory as AccessManager,
  AuditLog__factory as AuditLog,
  ProviderRegistry__factory as ProviderRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { ADMIN_DELAY, CHAIN_ID, DIRECTORY_DELAY, Trial, account } from "./support/trial.js";

const [ADMIN, DIRECTORY, REVIEWER] = [0, 1, 2];
/** 136 years: as long as a delay can be. */
const FOR_EVER = 2 ** 32 - 1;
const [THIEF, FRIEND] = [account(7), account(8)] as [Wallet, Wallet];
const MANAGER: Interface = AccessManager.createInterface();
const PROVIDERS: Interface = ProviderRegistry.createInterface();
const AUDIT: Interface = AuditLog.createInterface();

type Addresses = Record<ContractName, string>;

/** What a deployer slips in that hands over properly in the end. */
interface Plot {
  before?: (addresses: Addresses) => Promise<unknown>;
  /** Calls of the AccessManager in the transaction that hands over, before the deployer gives up its own role. */
  within?: (addresses: Addresses) => string[];
}

describe("npm run verify, of a deployer who used its rights", function () {
  this.timeout(300_000);

  let trial: Trial;
  let connection: NetworkConnection;
  let snapshot: unknown;

  before(async () => {
    trial = await Trial.start();
    connection = await hre.network.create({ network: "localhost", override: { url: trial.node.url } });
  });

  after(async () => {
    await connection.close();
    await trial.close();
  });

  beforeEach(async () => {
    snapshot = await trial.node.rpc("evm_snapshot");
  });

  afterEach(() => trial.node.rpc("evm_revert", snapshot));

  const by = (who: Wallet, to: string, api: Interface, name: string, args: unknown[]) =>
    trial.send(who.address, to, api.encodeFunctionData(name, args));

  /** Deploys as a deployment does, but for the plot, and tells what the record of an honest one would. */
  async function deployed({ before, within }: Plot, recipient = trial.consortium): Promise<DeploymentRecord> {
    const governance = {
      consortium: trial.consortium,
      reviewers: [account(2).address],
      directoryDelay: DIRECTORY_DELAY,
      adminDelay: ADMIN_DELAY,
    };
    const settings = { ...governance, emergency: EMERGENCY };
    const addresses = {} as Addresses;
    const contracts = {} as DeploymentRecord["contracts"];
    for (const name of CONTRACT_NAMES) {
      const { abi, bytecode } = await hre.artifacts.readArtifact(name);
      const given = constructorArguments(name, addresses, THIEF.address, settings);
      const data = bytecode + new Interface(abi).encodeDeploy(given).slice(2);
      const { contractAddress, hash, blockNumber } = await trial.send(THIEF.address, null, data);
      const address = (addresses[name] = getAddress(contractAddress!));
      const abiHash = id(JSON.stringify(abi));
      contracts[name] = { address, arguments: given, transaction: hash, block: blockNumber, abiHash };
    }
    await before?.(addresses);
    const { ProviderRegistry: providers, AuditLog: audit } = addresses;
    const given = { ...governance, consortium: recipient };
    const calls = handOver({ providers, audit, deployer: THIEF.address }, given).map(([name, args]) =>
      MANAGER.encodeFunctionData(name, args),
    );
    calls.splice(-1, 0, ...(within?.(addresses) ?? []));
    await by(THIEF, addresses.AccessManager, MANAGER, "multicall", [calls]);
    const fromBlock = contracts.AccessManager.block!;
    return { network: "trial", chainId: CHAIN_ID, fromBlock, commit: null, governance, contracts };
  }

  const found = async (record: DeploymentRecord) =>
    (await inspect(new Chain(connection.provider), record)).map(({ sentence }) => sentence);

  async function expectFound(record: DeploymentRecord, ...patterns: RegExp[]): Promise<void> {
    const sentences = await found(record);
    expect(sentences).to.have.length(patterns.length, sentences.join("\n"));
    patterns.forEach((pattern, i) => expect(sentences[i]).to.match(pattern));
    for (const sentence of sentences) expect(sentence).to.match(/^[^\n]+: [^\n]+\.$/);
  }

  it("finds nothing where nothing was slipped in", async () => {
    await expectFound(await deployed({}));
  });

  it("finds an accreditor and a verdict from before the hand-over", async () => {
    const before = async ({ ProviderRegistry: providers, AuditLog: audit }: Addresses) => {
      await by(THIEF, providers, PROVIDERS, "appointAccreditor", [1, FRIEND.address]);
      await by(THIEF, audit, AUDIT, "review", [id("an access"), 1, id("a note")]);
    };
    await expectFound(
      await deployed({ before }),
      /^Before the consortium governed, somebody decided in ProviderRegistry \(AccreditorAppointed\): do not use /,
      /^Before the consortium governed, somebody decided in AuditLog \(Reviewed\): do not use /,
    );
  });

  it("finds a stranger who governed beside, also once nothing is left of it", async () => {
    const before = ({ AccessManager: manager }: Addresses) =>
      by(THIEF, manager, MANAGER, "grantRole", [ADMIN, FRIEND.address, 0]);
    const record = await deployed({ before });
    const [manager, providers] = [record.contracts.AccessManager.address, record.contracts.ProviderRegistry.address];
    await by(FRIEND, manager, MANAGER, "grantRole", [DIRECTORY, FRIEND.address, 0]);
    await by(FRIEND, providers, PROVIDERS, "appointAccreditor", [1, FRIEND.address]);
    for (const role of [ADMIN, DIRECTORY]) await by(FRIEND, manager, MANAGER, "renounceRole", [role, FRIEND.address]);
    await expectFound(
      record,
      /^Before the consortium governed, somebody decided in AccessManager \(RoleGranted\): do not use /,
    );
  });

  it("finds a stranger whom the hand-over itself gave a role, also once it gave it up", async () => {
    for (const role of [ADMIN, DIRECTORY, 7]) {
      const within = () => [MANAGER.encodeFunctionData("grantRole", [role, FRIEND.address, 0])];
      const record = await deployed({ within });
      await by(FRIEND, record.contracts.AccessManager.address, MANAGER, "renounceRole", [role, FRIEND.address]);
      await expectFound(
        record,
        /^Before the consortium governed, somebody decided in AccessManager \(RoleGranted\): do not use /,
      );
    }
  });

  it("finds a stranger who was handed over to first, unless the record knows it as the former consortium", async () => {
    const record = await deployed({}, FRIEND.address);
    const manager = record.contracts.AccessManager.address;
    const delays = [ADMIN_DELAY, DIRECTORY_DELAY];
    for (const role of [ADMIN, DIRECTORY]) {
      const data = MANAGER.encodeFunctionData("grantRole", [role, trial.consortium, delays[role]!]);
      await by(FRIEND, manager, MANAGER, "schedule", [manager, data, 0]);
      await trial.wait(ADMIN_DELAY);
      await by(FRIEND, manager, MANAGER, "execute", [manager, data]);
    }
    for (const role of [ADMIN, DIRECTORY]) await by(FRIEND, manager, MANAGER, "renounceRole", [role, FRIEND.address]);
    await expectFound(record, /^The deployer handed over to 0x\w{40}, which deployment.json does not tell: add it to /);
    await expectFound({ ...record, governance: { ...record.governance, former: [FRIEND.address.toLowerCase()] } });
  });

  it("finds a record that lets the deployer govern", async () => {
    const record = await deployed({});
    const governance = { ...record.governance, reviewers: [...record.governance.reviewers, THIEF.address] };
    const sentences = await found({ ...record, governance });
    expect(sentences[0]).to.match(/^deployment.json lets 0x\w{40} govern or review, which deployed: /);
  });

  it("finds what an administrator's call within the hand-over decided", async () => {
    const within = ({ ProviderRegistry: providers }: Addresses) => {
      const appoint = PROVIDERS.encodeFunctionData("appointAccreditor", [1, FRIEND.address]);
      return [
        MANAGER.encodeFunctionData("grantRole", [DIRECTORY, THIEF.address, 0]),
        MANAGER.encodeFunctionData("execute", [providers, appoint]),
        MANAGER.encodeFunctionData("renounceRole", [DIRECTORY, THIEF.address]),
      ];
    };
    await expectFound(await deployed({ within }), /in AccessManager \(RoleGranted\)/, /in ProviderRegistry \(Accr/);
  });

  it("finds delays that are still to begin, and would then bar the consortium for ever", async () => {
    const before = async ({ AccessManager: manager, ProviderRegistry: providers }: Addresses) => {
      await by(THIEF, manager, MANAGER, "setGrantDelay", [ADMIN, FOR_EVER]);
      await by(THIEF, manager, MANAGER, "setTargetAdminDelay", [providers, FOR_EVER]);
    };
    await expectFound(
      await deployed({ before }),
      /^ADMIN \(0\) begins 4294967295 s after it was granted, from 2\d{3}-.*Z on: have the consortium set that back /,
      /^ProviderRegistry has an administrator's delay of its own, 4294967295 s, from 2\d{3}-.*Z on: /,
      /in AccessManager \(RoleGrantDelayChanged, TargetAdminDelayUpdated\)/,
    );
  });

  it("finds delays that the consortium is about to have, and none that it took back", async () => {
    const record = await deployed({});
    const manager = record.contracts.AccessManager.address;
    const govern = async (name: string, args: unknown[]) => {
      const data = MANAGER.encodeFunctionData(name, args);
      const send = (call: string, given: unknown[]) =>
        trial.send(trial.consortium, manager, MANAGER.encodeFunctionData(call, given));
      await send("schedule", [manager, data, 0]);
      await trial.wait(ADMIN_DELAY);
      await send("execute", [manager, data]);
    };
    await govern("setGrantDelay", [REVIEWER, 60]);
    await expectFound(record, /^REVIEWER \(2\) begins 60 s after it was granted, from /);
    await govern("setGrantDelay", [REVIEWER, 0]);
    await expectFound(record);
  });
});
