import { expect } from "chai";
import { address, LABS, startWorld, type World } from "../support/world.js";

const { patient, clinic, hospital } = address;

interface Page {
  events: { type: string; blockNumber: number; transaction: string; statedAt?: string; voidBefore?: string }[];
  cursor: string;
  more: boolean;
}

describe("consentry history", function () {
  this.timeout(60_000);

  let world: World;
  const blocks: number[] = [];
  const TYPES = ["ConsentGranted", "ConsentGranted", "ConsentRevoked", "AllRevoked"];

  const page = async (...args: string[]) =>
    (await world.json("history", "--patient", patient, ...args)) as unknown as Page;

  before(async () => {
    world = await startWorld();
    const { consents } = await world.as("patient");
    blocks.push((await consents.grant({ ...LABS, grantee: clinic })).blockNumber);
    blocks.push((await consents.grant({ ...LABS, grantee: hospital })).blockNumber);
    blocks.push((await consents.revoke({ grantee: hospital })).blockNumber);
    blocks.push((await consents.revokeAll()).blockNumber);
  });
  after(() => world.close());

  it("shows what was said, as a table", async () => {
    const { code, stdout, stderr } = await world.run(["history", "--patient", patient]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const found = [...stdout.matchAll(/│ (\d+) +│ (\w+) /g)];
    expect(found.map(([, block, type]) => [Number(block), type])).to.deep.equal(
      TYPES.map((type, i) => [blocks[i], type]),
    );
    expect(stdout).to.match(/of 0x15d34.*│ LABS for TREAT/);
    expect(stdout).to.match(/\nThat is all up to now; later ones: --cursor \d+-0x[0-9a-f]{64}\n$/);
  });

  it("is one JSON document with dates in ISO", async () => {
    const { events, more } = await page();
    expect(events.map(({ type }) => type)).to.deep.equal(TYPES);
    expect(more).to.equal(false);
    const { voidBefore } = events.at(-1)!;
    expect(new Date(voidBefore!).toISOString()).to.equal(voidBefore);
  });

  it("goes on page by page, without losing or repeating an event", async () => {
    const types: string[] = [];
    let next: string[] = [];
    for (;;) {
      const { events, cursor, more } = await page("--limit", "1", ...next);
      types.push(...events.map(({ type }) => type));
      next = ["--cursor", cursor];
      if (!more) break;
      expect(events).to.have.length(1);
    }
    expect(types).to.deep.equal(TYPES);
    expect(await page(...next)).to.include({ more: false });
    expect((await page(...next)).events).to.deep.equal([]);
    const { stdout } = await world.run(["history", "--patient", patient, "--limit", "3"]);
    expect(stdout).to.match(/\nThere are more: --cursor \S+\n$/);
  });

  it("from a block to a block, and to a grantee", async () => {
    const between = await page("--from-block", String(blocks[1]), "--to-block", String(blocks[2]));
    expect(between.events.map(({ blockNumber }) => blockNumber)).to.deep.equal([blocks[1], blocks[2]]);
    const { events } = await world.json("history", "--grantee", clinic);
    expect((events as Page["events"]).map(({ type }) => type)).to.deep.equal(["ConsentGranted", "AllRevoked"]);
  });

  it("says that there is nothing", async () => {
    const { code, stdout } = await world.run(["history", "--patient", hospital]);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^No events\.\n/);
  });

  it("exits with 2 for a cursor, a limit or a block that is none, and with 1 for a cursor of another chain", async () => {
    for (const [option, value] of [
      ["--cursor", "later"],
      ["--limit", "0"],
      ["--from-block", "-1"],
    ] as const) {
      const { code, stdout } = await world.run(["history", option, value]);
      expect({ code, stdout }, option).to.deep.equal({ code: 2, stdout: "" });
    }
    const { code, stderr } = await world.run(["history", "--cursor", `1-0x${"12".repeat(32)}`]);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error Reorganised: /);
  });
});
