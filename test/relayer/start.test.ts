import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListenError } from "@consentry/relayer";
import { expect } from "chai";
import { freePort } from "../../scripts/ports.js";
import { startAll } from "../../scripts/start/startAll.js";
import { failureOf } from "../sdk/faults/world.js";
import { expectError } from "../sdk/setup.js";
import { get, relayerWorld } from "./support/world.js";

/** Something that listens at a port of its own until the test is over. */
async function taken(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  return (server.address() as AddressInfo).port;
}

const listens = async (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });

describe("A start that fails half way", () => {
  const world = relayerWorld();
  const folder = mkdtempSync(join(tmpdir(), "consentry-start-"));
  after(() => rmSync(folder, { recursive: true }));

  it("leaves nothing of the relayer open", async () => {
    const database = world.path();
    await expectError(world.start({ database, port: await taken() }), ListenError);
    expect(await failureOf(world.start({ database, trustedProxies: ["nobody"] }))).to.be.instanceOf(Error);
    const { url } = await world.start({ database });
    expect((await get(url, "/ready")).status).to.equal(200);
  });

  it("leaves no chain behind where all is started together", async () => {
    const ports = { chain: await freePort(), relayer: await taken(), portal: 0 };
    await expectError(startAll({ folder, ports }), ListenError);
    expect(await listens(ports.chain)).to.be.false;
  }).timeout(60_000);
});
