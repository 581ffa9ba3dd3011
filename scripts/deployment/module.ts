import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType } from "@nomicfoundation/ignition-core";
import { RENEWED, artifactOf, constructorArguments } from "../../sdk/src/deployments/deployContracts.js";
import { handOver } from "../../sdk/src/deployments/governance.js";
import type { ContractName, Deployment } from "../../sdk/src/deployments/types.js";
import { addressesOf } from "./line.js";
import type { Settings } from "./settings.js";

/**
 * The contracts and the verifiers of keys, one transaction each, one after the other. The last transaction hands the
 * AccessManager over; until then the deployer administers it.
 */
export function suiteModule(settings: Settings) {
  return buildModule("Consentry", (m) => {
    const deployer = m.getAccount(0);
    const { window, burst, refill } = settings.emergency;
    const AccessManager = m.contract("AccessManager", [deployer]);
    const ProviderRegistry = m.contract("ProviderRegistry", [AccessManager]);
    const ConsentRegistry = m.contract("ConsentRegistry", [ProviderRegistry, window, burst, refill]);
    const RecordRegistry = m.contract("RecordRegistry", [ConsentRegistry]);
    const AuditLog = m.contract("AuditLog", [RecordRegistry]);
    const ERC7913WebAuthnVerifier = m.contract("ERC7913WebAuthnVerifier", [], { after: [AuditLog] });
    const ERC7913P256Verifier = m.contract("ERC7913P256Verifier", [], { after: [ERC7913WebAuthnVerifier] });
    const calls = handOver<ArgumentType>({ providers: ProviderRegistry, audit: AuditLog, deployer }, settings).map(
      ([name, args], i) => m.encodeFunctionCall(AccessManager, name, args, { id: `HandOver${i}` }),
    );
    m.call(AccessManager, "multicall", [calls], { id: "HandOver", after: [ERC7913P256Verifier] });
    return {
      AccessManager,
      ProviderRegistry,
      ConsentRegistry,
      RecordRegistry,
      AuditLog,
      ERC7913WebAuthnVerifier,
      ERC7913P256Verifier,
    };
  });
}

/** What comes after another deployment, one transaction each, one after the other. The deployer administers nothing. */
export function successorModule(before: Deployment, settings: Settings) {
  return buildModule("Consentry", (m) => {
    const predecessor = before.contracts.ConsentRegistry.address;
    const given: Partial<Record<ContractName | "predecessor", unknown>> = { ...addressesOf(before), predecessor };
    const deployed = RENEWED.map((name) => {
      const args = constructorArguments(name, given, undefined, settings) as ArgumentType[];
      const contract = m.contract(artifactOf(name, predecessor), args, { id: name });
      given[name] = contract;
      return [name, contract] as const;
    });
    return Object.fromEntries(deployed);
  });
}
