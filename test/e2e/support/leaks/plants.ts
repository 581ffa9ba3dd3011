import { categoriesToBits, newRecordId, newSalt } from "@consentry/sdk";
import { concat, dataSlice, hexlify, type BytesLike } from "ethers";
import { KINDS } from "./story/consents.js";
import { keepDirectory } from "./story/directory.js";
import { type Stage, stageOf, UNTIL } from "./story/stage.js";
import type { RealBundle } from "../../../sdk/fhir/records.js";

const JUSTIFIED = 1;

/** A stage on which everybody may do what puts something on the chain. */
export async function planting(bundle: RealBundle): Promise<Stage> {
  const stage = await stageOf(bundle);
  await keepDirectory(stage);
  const grantee = stage.signers.hospital.address;
  await stage.patient.consents.grant({
    grantee,
    categories: KINDS,
    purposes: ["TREAT"],
    actions: ["collect"],
    until: UNTIL,
  });
  return stage;
}

/** What somebody does who does not know better, by ways that are there; `where` is where it is found then. */
export interface Plant {
  put: (stage: Stage, bytes: BytesLike) => Promise<unknown>;
  where: string[];
}

const register = ({ as, address: patient }: Stage, more: object) =>
  as.hospital.records.register({ patient, categories: ["LABS"], contentHash: newSalt(), purpose: "TREAT", ...more });

/** A locator that is not sealed. */
export const locator: Plant = {
  put: (stage, bytes) => register(stage, { sealedLocator: hexlify(bytes) }),
  where: ["calldata of RecordRegistry.register", "event RecordRegistry.LocatorSealed"],
};

export const content: Plant = {
  put: (stage, bytes) => register(stage, { contentHash: hexlify(bytes) }),
  where: [
    "calldata of RecordRegistry.register",
    "event RecordRegistry.RecordRegistered",
    "storage of RecordRegistry",
    "return of RecordRegistry.pointerOf",
  ],
};

/** The part of a record's id that must be random, 11 bytes. */
export const recordId: Plant = {
  put: (stage, bytes) => {
    const custodian = dataSlice(newRecordId(stage.signers.hospital.address), 0, 21);
    return register(stage, { record: concat([custodian, bytes]) });
  },
  where: ["calldata of RecordRegistry.register", "event RecordRegistry.RecordRegistered"],
};

export const evidence: Plant = {
  put: ({ patient, signers }, bytes) => {
    const grantee = signers.clinic.address;
    const terms = { grantee, categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: UNTIL } as const;
    return patient.consents.grant({ ...terms, evidence: hexlify(bytes) });
  },
  where: ["calldata of ConsentRegistry.grant", "event ConsentRegistry.ConsentGranted"],
};

export const reason: Plant = {
  put: ({ consents, signers: { clinic }, address }, bytes) =>
    consents.connect(clinic).breakGlass(clinic.address, address, categoriesToBits(["LABS"]), bytes),
  where: ["calldata of ConsentRegistry.breakGlass", "event ConsentRegistry.GlassBroken"],
};

export const subject: Plant = {
  put: ({ audit, signers }, bytes) => audit.connect(signers.reviewer).review(bytes, JUSTIFIED, newSalt()),
  where: ["calldata of AuditLog.review", "event AuditLog.Reviewed"],
};

/** A patient in the directory of providers. */
export const entry: Plant = {
  put: ({ providers, signers: { accreditor, lab } }, bytes) =>
    providers.connect(accreditor).setEntry(lab.address, Buffer.from(hexlify(bytes).slice(2), "hex").toString(), ""),
  where: [
    "calldata of ProviderRegistry.setEntry",
    "event ProviderRegistry.EntryChanged",
    "storage of ProviderRegistry",
    "return of ProviderRegistry.entryOf",
  ],
};

/** What a node is asked and answers afterwards. */
export async function look({ as, signers, address: patient }: Stage): Promise<void> {
  await as.stranger.providers.get(signers.lab.address);
  for (const { record } of await as.stranger.records.list({ patient })) await as.stranger.records.get(record);
}
