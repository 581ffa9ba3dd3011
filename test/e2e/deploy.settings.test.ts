import { expect } from "chai";
import { Wallet } from "ethers";
import { OperatorError } from "../../scripts/deployment/errors.js";
import { consortiumFor, settingsFor } from "../../scripts/deployment/settings.js";

// The first two accounts of every Hardhat chain.
const DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const CONSORTIUM = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("the settings of a deployment", () => {
  const accounts = [DEPLOYER, CONSORTIUM];
  const emergency = { window: 4 * 3600, burst: 20, refill: 24 * 3600 };
  const VARIABLES = ["CONSORTIUM", "REVIEWERS", "DIRECTORY_DELAY", "ADMIN_DELAY"];
  VARIABLES.push("EMERGENCY_WINDOW", "EMERGENCY_BURST", "EMERGENCY_REFILL");
  let given: (string | undefined)[];

  beforeEach(() => {
    given = VARIABLES.map((name) => process.env[name]);
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  });

  afterEach(() => {
    VARIABLES.forEach((name, i) => {
      if (given[i] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = given[i];
    });
  });

  it("the consortium is the second account of a development chain, and of no other", () => {
    expect(consortiumFor(31337, accounts)).to.equal(CONSORTIUM);
    expect(() => consortiumFor(2026, accounts)).to.throw(OperatorError, /^CONSORTIUM is not set/);
  });

  it("nothing waits on a development chain; elsewhere the directory waits a day, roles wait three", () => {
    process.env.CONSORTIUM = CONSORTIUM;
    const common = { consortium: CONSORTIUM, reviewers: [CONSORTIUM], emergency };
    expect(settingsFor(31337, accounts)).to.deep.equal({ ...common, directoryDelay: 0, adminDelay: 0 });
    expect(settingsFor(2026, accounts)).to.deep.equal({ ...common, directoryDelay: 86_400, adminDelay: 259_200 });
  });

  it("are those of the environment, each reviewer once", () => {
    const [one, other] = [Wallet.createRandom().address, Wallet.createRandom().address];
    Object.assign(process.env, {
      CONSORTIUM,
      REVIEWERS: `${one}, ${other.toLowerCase()},${one}`,
      DIRECTORY_DELAY: "0",
      ADMIN_DELAY: "4294967295",
      EMERGENCY_WINDOW: "1",
      EMERGENCY_BURST: "2",
      EMERGENCY_REFILL: "3",
    });
    expect(settingsFor(2026, accounts)).to.deep.equal({
      consortium: CONSORTIUM,
      reviewers: [one, other],
      directoryDelay: 0,
      adminDelay: 4_294_967_295,
      emergency: { window: 1, burst: 2, refill: 3 },
    });
  });
});
