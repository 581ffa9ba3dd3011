import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { run } from "../support/consentry.js";
import { address, LABS, startWorld, type World } from "../support/world.js";

const { patient, clinic, hospital } = address;
const QUESTION = ["decide", "--patient", patient, "--grantee", clinic, "--categories", "LABS", "--purpose", "TREAT"];

/** The same question with another value of an option. */
function changed(option: string, value: string): string[] {
  return QUESTION.map((each, i) => (QUESTION[i - 1] === option ? value : each));
}

describe("consentry decide", function () {
  this.timeout(60_000);

  let world: World;
  let granted: number;
  let record: string;

  before(async () => {
    world = await startWorld();
    const consentry = await world.as("patient");
    granted = (await consentry.consents.grant({ ...LABS, grantee: clinic })).blockNumber;
    await consentry.consents.grant({ ...LABS, grantee: hospital, actions: ["collect", "access"] });
    const content = '{"resourceType":"Observation"}';
    const registration = { patient, categories: ["LABS"], content, purpose: "TREAT" } as const;
    ({ record } = await (await world.as("hospital")).records.register(registration));
  });
  after(() => world.close());

  it("permits with 0, as a table", async () => {
    const { code, stdout, stderr } = await world.run(QUESTION);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^Permitted +yes\nDecision +Permit\nReason +The patient consents\.\n/);
    expect(stdout).to.match(
      new RegExp(`\nSaid to +${clinic}\nScope +purpose TREAT\nValid until +until revoked\nBlock +\\d+\n`),
    );
  });

  it("permits with 0, as one JSON document with dates in ISO", async () => {
    const { code, stdout, stderr } = await world.run([...QUESTION, "--json"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const decision = JSON.parse(stdout) as Record<string, unknown>;
    expect(decision).to.include({ permitted: true, decision: "Permit", holder: clinic, historical: false });
    expect(decision["scope"]).to.include({ kind: "purpose", family: "TREAT" });
  });

  it("refuses with 3, and says why", async () => {
    const { code, stdout, stderr } = await world.run(changed("--categories", "LABS,PSY"));
    expect({ code, stderr }).to.deep.equal({ code: 3, stderr: "" });
    expect(stdout).to.match(/^Permitted +no\nDecision +CategoryNotCovered\n/);
    const asked = await world.run([...changed("--purpose", "HRESCH"), "--json"]);
    expect(asked.code).to.equal(3);
    expect(JSON.parse(asked.stdout)).to.include({ permitted: false, decision: "NoConsent" });
  });

  it("takes categories with commas or one by one, HL7 codes, an action and a record", async () => {
    const both = [...QUESTION, "--categories", "MEDICATIONS"];
    expect((await world.json(...both))["decision"]).to.equal("CategoryNotCovered");
    expect((await world.json(...changed("--categories", "laboratory")))["decision"]).to.equal("Permit");
    expect((await world.json(...QUESTION, "--action", "disclose"))["decision"]).to.equal("ActionNotCovered");
    expect((await world.json(...QUESTION, "--record", record))["decision"]).to.equal("Permit");
  });

  it("decides on a registered record by its own patient and labels", async () => {
    const asked = ["decide", "--record", record, "--grantee", clinic, "--purpose", "TREAT"];
    expect(await world.json(...asked)).to.include({ permitted: true, decision: "Permit" });
    const unknown = asked.map((each) => (each === record ? `${record.slice(0, -2)}00` : each));
    expect((await world.run(unknown)).code).to.equal(3);
  });

  it("refuses with 3 what was permitted in the past, and tells that it was", async () => {
    const past = await world.run([...QUESTION, "--at", String(granted)]);
    expect(past.code).to.equal(3);
    expect(past.stdout).to.match(/^Permitted +no: it is of the past\nDecision +Permit\n/);
    expect(await world.json(...QUESTION, "--at", String(granted - 1))).to.include({
      decision: "NoConsent",
      historical: true,
    });
    expect(await world.json(...QUESTION, "--at", "2099-01-01T12:00:00Z")).to.include({ decision: "Permit" });
    expect((await world.run([...QUESTION, "--at", "finalized"])).code).to.not.equal(2);
  });

  describe("never exits with 0", () => {
    const MISTAKES: [what: string, args: string[], message: RegExp][] = [
      ["no patient", QUESTION.filter((each) => ![patient, "--patient"].includes(each)), /--patient/],
      ["no grantee", QUESTION.filter((each) => ![clinic, "--grantee"].includes(each)), /--grantee/],
      ["no categories", QUESTION.filter((each) => !["LABS", "--categories"].includes(each)), /--categories/],
      [
        "a patient beside a record alone",
        ["decide", "--record", "0x03", "--patient", patient, "--grantee", clinic, "--purpose", "TREAT"],
        /--categories/,
      ],
      ["a misspelt option", [...QUESTION, "--recrod", "0x"], /unknown option '--recrod'/i],
      ["too many arguments", [...QUESTION, "yes"], /too many arguments/i],
      ["no address", changed("--patient", "0x12"), /patient is not an address/],
      ["an unknown category", changed("--categories", "LAPS"), /Unknown category LAPS/],
      ["an empty category", changed("--categories", "LABS,"), /one comma/],
      ["an unknown purpose", changed("--purpose", "TREATT"), /Unknown purpose/],
      ["a date that is none", [...QUESTION, "--at", "2026-02-30T00:00:00Z"], /--at/],
      ["a date without a time", [...QUESTION, "--at", "2026-03-01"], /--at/],
      ["a record id that is none", [...QUESTION, "--record", "0x12"], /record/],
      ["a URL that is none", [...QUESTION, "--rpc", "nowhere"], /runner/],
    ];
    for (const [what, args, message] of MISTAKES) {
      it(`but with 2 for ${what}`, async () => {
        const { code, stdout, stderr } = await world.run(args);
        expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
        expect(stderr)
          .to.match(/^error \w+: /)
          .and.to.match(message);
      });
    }

    it("but with 2 if no node is named", async () => {
      const { code, stderr } = await run(QUESTION);
      expect({ code, stderr: stderr.split("\n", 1)[0] }).to.deep.equal({
        code: 2,
        stderr: "error Usage: No node is named.",
      });
    });

    it("but with 1 if the node is down, refuses, lacks the contracts or is on another chain", async () => {
      const down = await world.run([...QUESTION, "--rpc", "http://127.0.0.1:9"]);
      expect(down).to.include({ code: 1, stdout: "" });
      expect(down.stderr).to.match(
        /^error Network: The node can't be reached\.\n {2}Details: .*\n {2}Hint: .*\n {2}Docs: docs\/errors.md#network\n$/,
      );

      const unknown = await world.run(QUESTION, { env: { CONSENTRY_DEPLOYMENT: "" } });
      expect(unknown).to.include({ code: 1, stdout: "" });
      expect(unknown.stderr).to.match(/^error NoDeployment: .*\n {2}Hint: .*--deployment/);

      const { chainId, ...rest } = world.deployment;
      const path = world.write("other.json", { ...rest, chainId: chainId + 1 });
      const other = await world.run([...QUESTION, "--deployment", path]);
      expect(other).to.include({ code: 1, stdout: "" });
      expect(other.stderr).to.match(/^error WrongChain: /);
    });

    it("but with 1 if the node answers garbage", async () => {
      const server = createServer((_, response) => response.end("<html>"));
      const url = await listen(server);
      const { code, stdout } = await world.run([...QUESTION, "--rpc", url]);
      server.close();
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    });

    it("but with 1 if nobody reads what it prints", async () => {
      const { child, outcome } = world.start([...QUESTION, "--json"]);
      child.stdout!.destroy();
      expect((await outcome).code).to.equal(1);
    });
  });
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
