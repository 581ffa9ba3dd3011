/** The record says what a deployment by this repository says: ABIs, and what each constructor is given. */
import { getAddress, id } from "ethers";
import { constructorArguments } from "../../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import { addressesOf } from "../../deployment/line.js";
import { listed } from "../listed.js";
import { settingsIn } from "../settingsIn.js";
import type { Finding, Inspection } from "../types.js";

export function checkRecord(inspection: Inspection): Finding[] {
  const contracts = CONTRACT_NAMES.flatMap((name) => [...abi(name, inspection), ...given(name, inspection)]);
  return [...contracts, ...governors(inspection)];
}

/** Whoever deployed is to keep nothing, so it can't be who governs. */
function governors({ record, deployers }: Inspection): Finding[] {
  const { consortium, reviewers } = record.governance;
  const kept = Object.values(deployers).filter((deployer) =>
    [consortium, ...reviewers].map(getAddress).includes(deployer),
  );
  return [...new Set(kept)].map((deployer) => {
    const sentence = `deployment.json lets ${deployer} govern or review, which deployed: have the consortium take its roles, and correct governance.`;
    return { check: "record", sentence };
  });
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
