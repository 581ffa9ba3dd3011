/** Who may call what: every function of the suite that changes something, and every role. docs/roles.md is made from it. */
import { id } from "ethers";
import type { Suite } from "../suite.js";
import { actions, categories, purposes } from "./codes.js";
import { EVIDENCE, GENERAL, Kind, NONE, pack, recordId } from "./words.js";

/** Everybody, by what they are called in docs/roles.md. */
export const ROLES = {
  deployer: "the deployer",
  consortium: "the consortium",
  execute: "the consortium through `AccessManager.execute`",
  reviewer: "a reviewer",
  accreditor: "the provider's accreditor",
  otherAccreditor: "another accreditor",
  clinic: "the provider",
  hospital: "another provider",
  reader: "a member with READ",
  contributor: "a member with CONTRIBUTE",
  rescuer: "a member with EMERGENCY",
  auditor: "a member with AUDIT",
  manager: "a member with MANAGE",
  patient: "the patient",
  representative: "the patient's representative",
  stranger: "a stranger",
} as const;

export type Role = keyof typeof ROLES;

/** The clinic is the provider, with a record of the patient; the laboratory is suspended, the hospital has an identifier. */
export interface World {
  suite: Suite;
  addresses: Record<ContractName | Role, string>;
  /** Of the clinic. */
  record: string;
  /** Of the hospital. */
  identifier: string;
  /** What a key that holds DIRECTORY with a delay has announced. */
  announced: { by: string; data: string };
  until: bigint;
  /** Arguments that somebody has signed, by function. */
  said: Record<string, unknown[]>;
}

export type ContractName = "AccessManager" | "ProviderRegistry" | "ConsentRegistry" | "RecordRegistry" | "AuditLog";

export interface Row {
  may: readonly Role[];
  /** What a call for the clinic or the patient is made with. `self`: whoever calls. */
  args: (world: World, self: string) => unknown[];
  /** What everybody else is told, and who is told something else; empty: a revert without data. */
  refusal: string;
  but?: Partial<Record<Role, string>>;
}

const EVERYBODY = Object.keys(ROLES) as Role[];
const TREAT = purposes("TREAT");
const [ACCESS, COLLECT] = [actions("access"), actions("collect")];

const governed = (args: Row["args"]): Row => ({
  may: ["consortium", "execute"],
  args,
  refusal: "AccessManagedUnauthorized",
});

const accredited = (args: Row["args"]): Row => ({ may: ["accreditor"], args, refusal: "NotAccreditorOf" });

const managed = (args: Row["args"], may: readonly Role[] = ["clinic", "manager"]): Row => ({
  may,
  args,
  refusal: "NotActingFor",
});

const spoken = (args: Row["args"]): Row => ({ may: ["patient", "representative"], args, refusal: "NotSpeakerFor" });

const controlled = (args: Row["args"]): Row => ({ may: ["patient"], args, refusal: "NotControllerOf" });

/** What was signed, anybody may deliver. */
const signed = (name: string): Row => ({ may: EVERYBODY, args: ({ said }) => said[name]!, refusal: "" });

const contributed = (args: Row["args"]): Row => ({ may: ["clinic", "contributor"], args, refusal: "NotContributor" });

const administered = (args: Row["args"]): Row => ({
  may: ["consortium", "execute"],
  args,
  refusal: "AccessManagerUnauthorizedAccount",
});

const setAuthority: Row = {
  may: ["execute"],
  args: ({ addresses }) => [addresses.AccessManager],
  refusal: "AccessManagedUnauthorized",
};

const newRecord = ({ addresses }: World) => ({
  record: recordId(addresses.clinic, 2n),
  patient: addresses.patient,
  categories: categories("LABS"),
  contentHash: id("a result"),
  sealedLocator: "0x",
});

const reinstating = ({ suite }: World) =>
  suite.providers.interface.encodeFunctionData("reinstate", [suite.signers.lab.address]);

export const TABLE: Record<ContractName, Record<string, Row>> = {
  ProviderRegistry: {
    appointAccreditor: governed(({ addresses }) => [5, addresses.stranger]),
    reinstate: governed(({ suite }) => [suite.signers.lab.address]),
    setEmergency: governed(({ addresses }) => [addresses.clinic, true]),
    restoreOwnKey: governed(({ addresses }) => [addresses.clinic]),
    moveIdentifier: governed(({ addresses, identifier }) => [identifier, addresses.clinic]),
    setAuthority,
    register: {
      may: ["accreditor", "otherAccreditor"],
      args: ({ suite, until }) => [
        {
          provider: suite.signers.relayer.address,
          kind: Kind.Organization,
          capabilities: 0,
          expiresAt: until,
          name: "A practice",
          endpoint: "",
        },
      ],
      refusal: "NotAccreditor",
    },
    renew: accredited(({ addresses, until }) => [addresses.clinic, until]),
    suspend: accredited(({ addresses }) => [addresses.clinic]),
    revoke: accredited(({ addresses }) => [addresses.clinic]),
    setCapabilities: accredited(({ addresses }) => [addresses.clinic, 0]),
    publishCredential: accredited(({ addresses }) => [addresses.clinic, id("a licence")]),
    setIdentifier: accredited(({ addresses }) => [addresses.clinic, id("another identifier")]),
    setEntry: managed(({ addresses }) => [addresses.clinic, "Other", ""], ["accreditor", "clinic", "manager"]),
    publishEncryptionKey: managed(({ addresses }) => [addresses.clinic, id("a key")]),
    setMember: managed(({ addresses }) => [addresses.clinic, addresses.reader, 0, 0]),
    setOwnKey: {
      ...managed(({ addresses }) => [addresses.clinic, true], ["manager"]),
      but: { clinic: "NotByOwnKey" },
    },
  },
  ConsentRegistry: {
    grant: spoken(({ addresses }) => [
      addresses.patient,
      [{ grantee: addresses.clinic, scope: GENERAL, terms: pack() }],
      EVIDENCE,
    ]),
    revoke: spoken(({ addresses }) => [addresses.patient, [{ grantee: addresses.clinic, scope: GENERAL }]]),
    revokeAll: spoken(({ addresses }) => [addresses.patient]),
    breakGlass: {
      may: ["clinic", "rescuer"],
      args: ({ addresses }) => [addresses.clinic, addresses.patient, categories("LABS"), NONE],
      refusal: "NotEmpoweredFor",
    },
    transferControl: controlled(({ said }) => said["transferControl"]!),
    createDependent: { may: EVERYBODY, args: () => [id("a child")], refusal: "" },
    appointRepresentative: controlled(({ addresses, until }) => [addresses.patient, addresses.stranger, 0, until]),
    dismissRepresentative: controlled(({ addresses }) => [addresses.patient, addresses.representative]),
    setExclusions: controlled(({ addresses }) => [addresses.patient, categories("PSY")]),
    setGuardians: controlled(({ addresses }) => [addresses.patient, id("guardians"), 24 * 3600]),
    cancelRecovery: controlled(({ addresses }) => [addresses.patient]),
    startRecovery: signed("startRecovery"),
    completeRecovery: { may: EVERYBODY, args: ({ suite }) => [suite.signers.otherPatient.address], refusal: "" },
    grantBySig: signed("grantBySig"),
    revokeBySig: signed("revokeBySig"),
    revokeAllBySig: signed("revokeAllBySig"),
    transferControlBySig: signed("transferControlBySig"),
    createDependentBySig: signed("createDependentBySig"),
    appointRepresentativeBySig: signed("appointRepresentativeBySig"),
    dismissRepresentativeBySig: signed("dismissRepresentativeBySig"),
    setExclusionsBySig: signed("setExclusionsBySig"),
    setGuardiansBySig: signed("setGuardiansBySig"),
    cancelRecoveryBySig: signed("cancelRecoveryBySig"),
  },
  RecordRegistry: {
    register: contributed((world) => [newRecord(world), NONE, TREAT]),
    registerBatch: contributed((world) => [[newRecord(world)], NONE, TREAT]),
    amend: contributed(({ record }) => [record, id("new"), "0x"]),
    addLabels: contributed(({ record }) => [record, categories("PSY")]),
    erase: contributed(({ record }) => [record]),
  },
  AuditLog: {
    accessRecord: managed(
      ({ addresses, record }) => [record, NONE, TREAT, ACCESS, addresses.clinic],
      ["clinic", "reader"],
    ),
    accessCategories: managed(
      ({ addresses }) => [addresses.patient, categories("LABS"), NONE, TREAT, ACCESS, addresses.clinic],
      ["clinic", "reader"],
    ),
    anchor: managed(({ addresses }) => [addresses.clinic, 0, 1000, id("a root")], ["clinic", "auditor"]),
    review: {
      may: ["reviewer"],
      args: () => [id("an access"), 1, NONE],
      refusal: "AccessManagedUnauthorized",
      but: { execute: "AccessManagerUnauthorizedCall" },
    },
    setAuthority,
  },
  AccessManager: {
    grantRole: administered(({ addresses }) => [2, addresses.stranger, 0]),
    revokeRole: administered(({ addresses }) => [2, addresses.reviewer]),
    labelRole: administered(() => [2, "REVIEWER"]),
    setRoleAdmin: administered(() => [2, 1]),
    setRoleGuardian: administered(() => [2, 1]),
    setGrantDelay: administered(() => [2, 60]),
    setTargetFunctionRole: administered(({ addresses }) => [addresses.AuditLog, ["0x12345678"], 2]),
    setTargetAdminDelay: administered(({ addresses }) => [addresses.AuditLog, 60]),
    setTargetClosed: administered(({ addresses }) => [addresses.AuditLog, true]),
    updateAuthority: administered(({ addresses }) => [addresses.AuditLog, addresses.AccessManager]),
    renounceRole: { may: EVERYBODY, args: (_, self) => [2, self], refusal: "" },
    multicall: { may: EVERYBODY, args: () => [[]], refusal: "" },
    execute: {
      may: ["consortium"],
      args: (world) => [world.addresses.ProviderRegistry, reinstating(world)],
      refusal: "AccessManagerUnauthorizedCall",
    },
    schedule: {
      may: [],
      args: (world) => [world.addresses.ProviderRegistry, reinstating(world), 0],
      refusal: "AccessManagerUnauthorizedCall",
    },
    cancel: {
      may: ["consortium"],
      args: ({ addresses, announced }) => [announced.by, addresses.ProviderRegistry, announced.data],
      refusal: "AccessManagerUnauthorizedCancel",
    },
    consumeScheduledOp: {
      may: [],
      args: ({ announced }) => [announced.by, announced.data],
      refusal: "",
      but: { execute: "FailedCall" },
    },
  },
};

/** What the world's patient has granted to the clinic. */
export const GRANTED = { actions: ACCESS | COLLECT } as const;
