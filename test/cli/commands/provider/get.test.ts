import { expect } from "chai";
import { address, HOSPITAL, startWorld, type World } from "../../support/world.js";

describe("consentry provider get", function () {
  this.timeout(60_000);

  let world: World;

  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  const get = (provider: string, ...more: string[]) => world.run(["provider", "get", provider, ...more]);

  it("shows an entry, in which nothing steers the terminal", async () => {
    const { code, stdout, stderr } = await get(address.hospital);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/\nStanding +active\nActive +yes\n/);
    expect(stdout).to.include("General\\u{1b}[2J\\u{9b}1m \\u{202e}Hospital\\u{a}\\u{7}");
    expect(stdout).to.include(`1, ${address.accreditor}`).and.to.include("until 2099-01-01T00:00:00Z");
    expect(stdout.replaceAll("\n", "")).to.not.match(/[\p{Cc}\p{Cf}]/u);
  });

  it("is JSON that is safe in a terminal, and has the name as it is", async () => {
    const { stdout } = await get(address.hospital, "--json");
    expect(stdout.replaceAll("\n", "")).to.not.match(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(stdout)).to.deep.include({
      name: HOSPITAL.name,
      active: true,
      until: "2099-01-01T00:00:00.000Z",
    });
  });

  it("tells who is not listed, and who was not at an earlier block", async () => {
    expect((await get(address.clinic)).stdout).to.match(/\nStanding +unlisted\nActive +no\n$/);
    const before = await get(address.hospital, "--at", "8", "--json");
    expect(JSON.parse(before.stdout)).to.include({ standing: "unlisted" });
  });

  it("exits with 2 for what is no address, and without one", async () => {
    expect((await get("0x12")).code).to.equal(2);
    expect((await world.run(["provider", "get"])).stderr).to.match(
      /^error Usage: Missing required argument 'address'\./,
    );
  });
});
