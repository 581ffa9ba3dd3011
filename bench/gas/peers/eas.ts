import { AbiCoder, type BaseContract, id, type TransactionReceipt, ZeroAddress } from "ethers";
import { categories } from "../../../test/contracts/codes.js";
import { pack } from "../../../test/contracts/words.js";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees, usual, wider } from "../terms.js";
import { artifactAt, deploy, EAS_PATH, send } from "./artifacts.js";
import { type AttestationData, consentTo } from "./attestation.js";
import { measureDelegated } from "./easDelegated.js";

const CONSENT = "uint256 terms";
const RECORD = "uint64 categories,bytes32 contentHash";

/** An attestation of the terms, or of a record; to replace one is to attest anew, and leaves the old one valid. */
export async function measureEas(chain: Chain): Promise<Figures> {
  const registry = await deploy(artifactAt(`${EAS_PATH}/SchemaRegistry.sol/SchemaRegistry.json`), chain.deployer);
  const eas = await deploy(artifactAt(`${EAS_PATH}/EAS.sol/EAS.json`), chain.deployer, registry.target);
  const consent = await registerSchema(registry, chain, CONSENT);
  const record = await registerSchema(registry, chain, RECORD);
  return {
    ...(await measureConsents(chain, eas, consent)),
    ...(await measureDelegated(chain, eas, consent)),
    ...(await measureRecords(chain, eas, record)),
  };
}

async function measureConsents(chain: Chain, eas: BaseContract, schema: string): Promise<Figures> {
  const { patient, clinic } = chain.suite.signers;
  const attest = (data: AttestationData) => () => send(eas, patient, "attest", { schema, data });
  const granted = await chain.receiptOf(attest(consentTo(clinic.address, pack(usual))));
  const uid = uidIn(eas, granted);
  const hundred = grantees("grantee", 100).map((grantee) => consentTo(grantee, pack(usual)));
  const grantAll = () => send(eas, patient, "multiAttest", [{ schema, data: hundred }]);
  const revoke = () => send(eas, patient, "revoke", { schema, data: { uid, value: 0 } });
  return {
    grant: Number(granted.gasUsed),
    grantBatch100PerItem: (await chain.gasOf(grantAll)) / 100,
    replace: await chain.gasOf(attest(consentTo(clinic.address, pack(wider)))),
    decide: await chain.executionOf(await eas.getFunction("getAttestation").populateTransaction(uid)),
    revoke: await chain.gasOf(revoke),
  };
}

async function measureRecords(chain: Chain, eas: BaseContract, schema: string): Promise<Figures> {
  const { patient, clinic } = chain.suite.signers;
  const bytes = AbiCoder.defaultAbiCoder().encode(["uint64", "bytes32"], [categories("LABS"), id("a result")]);
  const data = { ...consentTo(patient.address, 0n), expirationTime: 0n, data: bytes };
  return {
    registerRecord: await chain.gasOf(() => send(eas, clinic, "attest", { schema, data })),
    anchor1000PerEntry: (await chain.gasOf(() => send(eas, clinic, "timestamp", id("a root")))) / 1_000,
  };
}

async function registerSchema(registry: BaseContract, chain: Chain, schema: string): Promise<string> {
  const receipt = await chain.receiptOf(() => send(registry, chain.deployer, "register", schema, ZeroAddress, true));
  const uid: unknown = receipt.logs[0]?.topics[1];
  return String(uid);
}

function uidIn(eas: BaseContract, { logs }: TransactionReceipt): string {
  const log = logs[0];
  if (log === undefined) throw new Error("EAS logged no attestation.");
  return String(eas.interface.parseLog(log)?.args.getValue("uid"));
}
