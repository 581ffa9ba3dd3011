import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** The five contracts, governed by the parameter `consortium` from the first block on: the deployer keeps nothing. */
export default buildModule("Consentry", (m) => {
  const AccessManager = m.contract("AccessManager", [m.getParameter("consortium")]);
  const ProviderRegistry = m.contract("ProviderRegistry", [AccessManager]);
  const ConsentRegistry = m.contract("ConsentRegistry", [ProviderRegistry]);
  const RecordRegistry = m.contract("RecordRegistry", [ConsentRegistry]);
  const AuditLog = m.contract("AuditLog", [RecordRegistry]);
  return { AccessManager, ProviderRegistry, ConsentRegistry, RecordRegistry, AuditLog };
});
