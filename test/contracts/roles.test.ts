import { expect } from "chai";
import { id, Interface } from "ethers";
import type { Signer } from "../suite.js";
import { ethers, networkHelpers, time } from "./chain.js";
import { fixtures, grant, registration, YEAR } from "./fixtures.js";
import { awaitRecovery, statements } from "./roles.statements.js";
import { type ContractName, GRANTED, type Role, ROLES, type Row, TABLE, type World } from "./roles.table.js";
import { purposes } from "./codes.js";
import { Ability, GENERAL, NONE, recordId } from "./words.js";

const CONTRACTS = {
  AccessManager: "manager",
  ProviderRegistry: "providers",
  ConsentRegistry: "consents",
  RecordRegistry: "records",
  AuditLog: "audit",
} as const;

/** The members of the clinic, each with one ability, behind the accounts that have no name. */
const MEMBERS = {
  reader: Ability.READ,
  contributor: Ability.CONTRIBUTE,
  rescuer: Ability.EMERGENCY,
  auditor: Ability.AUDIT,
  manager: Ability.MANAGE,
} as const;

describe("who may call what", () => {
  async function build(): Promise<World> {
    const suite = await fixtures.listed();
    const { providers, records, manager, signers } = suite;
    const { consortium, accreditor, otherAccreditor, clinic, hospital, lab, relayer, stranger } = signers;
    const until = BigInt(await time.latest()) + YEAR;
    await providers.connect(consortium).setEmergency(clinic, true);
    await providers.connect(otherAccreditor).suspend(lab);
    const identifier = id("http://hl7.org/fhir/sid/us-npi|1234567893");
    await providers.connect(accreditor).setIdentifier(hospital, identifier);
    const unnamed = (await ethers.getSigners()).slice(Object.keys(signers).length);
    const members = Object.entries(MEMBERS).map(([name, ability], i) => [name, unnamed[i]!, ability] as const);
    for (const [, member, ability] of members)
      await providers.connect(clinic).setMember(clinic, member, ability, until);
    await grant(suite, clinic, GENERAL, GRANTED);
    const record = recordId(clinic.address);
    await records.connect(clinic).register(registration(suite, { record }), NONE, purposes("TREAT"));
    await manager.connect(consortium).grantRole(1, relayer, 3600);
    const data = providers.interface.encodeFunctionData("appointAccreditor", [9, stranger.address]);
    await manager.connect(relayer).schedule(providers, data, 0);

    const { consents } = suite;
    await awaitRecovery(suite);
    const representative = signers.otherMember;
    await consents.connect(signers.patient).appointRepresentative(signers.patient, representative, 0, until);
    await time.increase(10);

    const people = [...Object.entries(signers), ...members, ["representative", representative]] as [string, Signer][];
    const contracts = Object.entries(CONTRACTS).map(([name, key]) => [name, suite[key].target]);
    const addresses = Object.fromEntries([
      ...people.map(([name, { address }]) => [name, address]),
      ...contracts,
    ]) as World["addresses"];
    addresses.execute = addresses.AccessManager;
    return {
      suite,
      addresses,
      record,
      identifier,
      announced: { by: relayer.address, data },
      until,
      said: await statements(suite),
    };
  }

  const world = () => networkHelpers.loadFixture(build);

  /** "" if the call goes through, or what its caller is told. */
  async function answer(all: World, contract: ContractName, name: string, { args }: Row, role: Role): Promise<string> {
    const { suite, addresses } = all;
    const self = addresses[role];
    const data = interfaceOf(all, contract).encodeFunctionData(name, args(all, self));
    const direct = { from: self, to: addresses[contract], data };
    const executed = {
      from: addresses.consortium,
      to: addresses.AccessManager,
      data: suite.manager.interface.encodeFunctionData("execute", [addresses[contract], data]),
    };
    try {
      await ethers.provider.send("eth_call", [role === "execute" ? executed : direct]);
      return "may";
    } catch (error) {
      return told(all, role, (error as { data?: string }).data ?? "0x");
    }
  }

  /** The name of an error; it must name whoever is refused. */
  function told(all: World, role: Role, data: string): string {
    if (data === "0x") return "";
    const { addresses, suite } = all;
    const parsed = Object.values(CONTRACTS)
      .map((key) => (suite[key].interface as Interface).parseError(data))
      .find((each) => each !== null);
    if (parsed === undefined) return data;
    if (parsed.fragment.inputs.length === 0) return parsed.name;
    const refused = role === "execute" ? [addresses.consortium, addresses.execute] : [addresses[role]];
    expect([...parsed.args], `${parsed.name} for ${role}`).to.include.oneOf(refused);
    return parsed.name;
  }

  function interfaceOf({ suite }: World, contract: ContractName): Interface {
    return suite[CONTRACTS[contract]].interface;
  }

  for (const contract of Object.keys(TABLE) as ContractName[]) {
    describe(contract, () => {
      it("the table names every function that changes something", async () => {
        const names: string[] = [];
        interfaceOf(await world(), contract).forEachFunction(({ name, stateMutability }) => {
          if (!["view", "pure"].includes(stateMutability)) names.push(name);
        });
        expect(Object.keys(TABLE[contract])).to.have.members(names);
      });

      for (const [name, row] of Object.entries(TABLE[contract])) {
        it(name, async () => {
          const all = await world();
          for (const role of Object.keys(ROLES) as Role[]) {
            const expected = row.may.includes(role) ? "may" : (row.but?.[role] ?? row.refusal);
            expect(await answer(all, contract, name, row, role), ROLES[role]).to.equal(expected);
          }
        });
      }
    });
  }
});
