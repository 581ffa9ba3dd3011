/** The record says what a deployment by this repository says: ABIs, and what each constructor is given. */
import { id } from "ethers";
import { constructorArguments } from "../../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import { addressesOf } from "../../deployment/line.js";
import { listed } from "../listed.js";
import { settingsIn } from "../settingsIn.js";
import type { Finding, Inspection } from "../types.js";

export function checkRecord(inspection: Inspection): Finding[] {
  return CONTRACT_NAMES.flatMap((name) => [...abi(name, inspection), ...given(name, inspection)]);
}

function abi(name: ContractName, { record, build }: Inspection): Finding[] {
  if (record.contracts[name].abiHash === id(JSON.stringify(build[name].abi))) return [];
  const sentence = `The ABI of ${name} is not the one that deployment.json has the hash of: check out commit ${record.commit ?? "of the deployment"} and verify again.`;
  return [{ check: "record", contract: name, sentence }];
}

function given(name: ContractName, { record, deployer }: Inspection): Finding[] {
  const addresses = { ...addressesOf(record), predecessor: record.predecessor };
  const expected = constructorArguments(name, addresses, deployer, settingsIn(record));
  const actual = record.contracts[name].arguments;
  if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
  const sentence = `deployment.json says that ${name} was given ${listed(actual)}, where a deployment gives ${listed(expected)}: take the record that the deployment wrote, and do not use this one.`;
  return [{ check: "record", contract: name, sentence }];
}
