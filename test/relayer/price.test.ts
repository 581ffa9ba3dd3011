import { expect } from "chai";
import { FeeData } from "ethers";
import { priceOf, raised } from "../../relayer/dist/delivery/price.js";
import { type Fault, on } from "../sdk/faults/line.js";
import { accepted, done, get, grantOf, relayerWorld, stateOf } from "./support/world.js";

const GWEI = 1_000_000_000n;
const free: Fault = ({ ids, reply }) => reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: "0x0" }));

describe("Relayer, what it offers for gas", () => {
  const world = relayerWorld();

  const rpc = (method: string, ...params: unknown[]) => world.node.anvil.rpc(method, ...params);
  const pause = async (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const offerOf = async (hash: string) => {
    const found = (await rpc("eth_getTransactionByHash", hash)) as Record<string, string> | null;
    return found === null
      ? undefined
      : { max: BigInt(found["maxFeePerGas"] ?? found["gasPrice"]!), nonce: Number(found["nonce"]) };
  };
  const baseFee = (fee: bigint) => rpc("anvil_setNextBlockBaseFeePerGas", `0x${fee.toString(16)}`);

  beforeEach(async () => {
    await baseFee(GWEI);
    await rpc("anvil_mine", "0x1");
  });

  /** A statement that was sent, and stays unmined as the base fee rose to so much. */
  const outbid = async (url: string, fee: bigint) => {
    await rpc("evm_setAutomine", false);
    const id = await accepted(url, await grantOf(await world.person()));
    const { hash } = await stateOf(url, id, "sent");
    while ((await offerOf(hash!)) === undefined) await pause(20);
    return {
      id,
      hash: hash!,
      offer: (await offerOf(hash!))!,
      mine: () => baseFee(fee).then(() => rpc("anvil_mine", "0x1")),
    };
  };

  it("offers more, with the same nonce, for what stays unmined as it is priced too low", async () => {
    const { url } = await world.start({ pricing: { ceiling: 10_000n * GWEI, raiseAfter: 1 } });
    const { id, hash, offer, mine } = await outbid(url, 100n * GWEI);
    let latest = hash;
    while (latest === hash) {
      await mine();
      await pause(200);
      latest = (await stateOf(url, id, "sent")).hash!;
    }
    while ((await offerOf(latest)) === undefined) await pause(20);
    const now = (await offerOf(latest))!;
    expect(now.nonce).to.equal(offer.nonce);
    expect(now.max * 8n >= offer.max * 9n && now.max > 100n * GWEI).to.be.true;
    await mine();
    expect((await done(url, id)).hash).to.equal(latest);
  }).timeout(30_000);

  it("never more than its ceiling", async () => {
    const ceiling = 2_500_000_000n;
    const { url } = await world.start({ pricing: { ceiling, raiseAfter: 1 } });
    const { id, offer: first, mine } = await outbid(url, 2_600_000_000n);
    expect(first.max).to.equal(ceiling);
    for (let i = 0; i < 12; i++) {
      await mine();
      await pause(300);
      const offer = await offerOf((await stateOf(url, id, "sent")).hash!);
      expect(offer === undefined || offer.max <= ceiling).to.be.true;
    }
    await baseFee(GWEI);
    await rpc("evm_setAutomine", true);
    await rpc("anvil_mine", "0x1");
    await done(url, id);
  }).timeout(30_000);

  it("nothing where gas is free, and nothing more", async () => {
    world.node.line.fail(on("eth_gasPrice", free));
    await baseFee(0n);
    await rpc("anvil_mine", "0x1");
    const { url, log } = await world.start({ pricing: { ceiling: 20n * GWEI, raiseAfter: 1 } });
    const { id, hash, offer, mine } = await outbid(url, 1_000n);
    expect(offer.max).to.equal(0n);
    for (let i = 0; i < 8; i++) {
      await mine();
      await pause(300);
    }
    expect((await get(url, `/statements/${id}`)).body).to.include({ state: "sent", hash });
    await baseFee(0n);
    await rpc("evm_setAutomine", true);
    await rpc("anvil_mine", "0x1");
    expect((await done(url, id)).hash).to.equal(hash);
    expect(log.filter((line) => line.includes("higher price"))).to.deep.equal([]);
  }).timeout(30_000);

  describe("reckons", () => {
    const fees = (gasPrice: bigint, max: bigint | null, tip: bigint | null) => new FeeData(gasPrice, max, tip);
    const price = (max: bigint, tip: bigint) => ({ max, tip, isLegacy: false });

    it("what a node asks for, up to the ceiling", () => {
      expect(priceOf(fees(5n, 9n, 1n), 100n)).to.deep.equal(price(9n, 1n));
      expect(priceOf(fees(5n, 900n, 200n), 100n)).to.deep.equal(price(100n, 100n));
      expect(priceOf(fees(0n, 1n, 1n), 100n)).to.deep.equal(price(0n, 0n));
      expect(priceOf(fees(7n, null, null), 5n)).to.deep.equal({ max: 5n, tip: 5n, isLegacy: true });
      expect(priceOf(fees(0n, null, null), 5n)).to.deep.equal({ max: 0n, tip: 0n, isLegacy: true });
    });

    it("an eighth more at least, of the tip too", () => {
      expect(raised(price(1_000n, 80n), price(1n, 1n), 2_000n)).to.deep.equal(price(1_126n, 91n));
      expect(raised(price(1_000n, 80n), price(1_500n, 300n), 2_000n)).to.deep.equal(price(1_500n, 300n));
      expect(raised(price(1_000n, 80n), price(9_000n, 300n), 2_000n)).to.deep.equal(price(2_000n, 300n));
      expect(raised(price(1_000n, 0n), price(1_000n, 0n), 2_000n)).to.deep.equal(price(1_126n, 1n));
    });

    it("nothing above the ceiling, and nothing where gas is free", () => {
      expect(raised(price(1_000n, 80n), price(9_000n, 300n), 1_125n)).to.be.undefined;
      expect(raised(price(0n, 0n), price(0n, 0n), 1_000n)).to.be.undefined;
      expect(raised(price(0n, 0n), price(8n, 2n), 1_000n)).to.deep.equal(price(8n, 2n));
      expect(raised(price(100n, 100n), price(8n, 2n), 1_000n)).to.deep.equal(price(113n, 113n));
    });
  });
});
