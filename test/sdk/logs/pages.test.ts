import {
  type Client,
  connect,
  type ConsentEvent,
  InvalidAddressError,
  InvalidParameterError,
  NetworkError,
  type Progress,
  ReorganisedError,
  type ScanOptions,
} from "@consentry/sdk";
import { expect } from "chai";
import { ethers, expectError, fixtures, LABS, networkHelpers } from "../setup.js";
import { laggingNode } from "../reads/node.js";

/** What two patients said, several words in one block among it. */
async function told() {
  const world = await fixtures.deployed();
  const { as, signers } = world;
  const [clinic, hospital] = [signers.clinic.address, signers.hospital.address];
  await as.patient.consents.grant({ ...LABS, grantee: clinic });
  await as.patient.consents.grant({
    grants: [clinic, hospital, signers.lab.address].map((grantee) => ({ ...LABS, grantee, purposes: ["HRESCH"] })),
  });
  await as.otherPatient.consents.grant({ ...LABS, grantee: clinic });
  await networkHelpers.mine(3);
  await as.patient.consents.revoke({ grantee: clinic });
  await as.patient.consents.revokeAll();
  await as.otherPatient.consents.revokeAll();
  await networkHelpers.mine(2);
  return { ...world, clinic, hospital, patient: signers.patient.address };
}

const TOLD = [...Array<string>(4).fill("ConsentGranted"), "ConsentRevoked", "AllRevoked"];

const typesOf = (events: readonly ConsentEvent[]) => events.map(({ type }) => type);

describe("consents.history", () => {
  it("tells all that a patient said, in the order of the chain", async () => {
    const { as, patient } = await told();
    const events = await as.stranger.consents.history({ patient });
    expect(typesOf(events)).to.deep.equal(TOLD);
    expect(events[0]).to.deep.include({ patient, by: patient });
    const places = events.map(({ blockNumber, logIndex }) => blockNumber * 1_000 + logIndex);
    expect(places).to.deep.equal([...new Set(places)].sort((a, b) => a - b));
  });

  it("tells what was said to a grantee, with every revokeAll, which may have ended it", async () => {
    const { as, patient, clinic, hospital, signers } = await told();
    const ofClinic = await as.stranger.consents.history({ grantee: clinic });
    expect(ofClinic.map(({ type, patient: by }) => [type, by])).to.deep.equal([
      ["ConsentGranted", patient],
      ["ConsentGranted", patient],
      ["ConsentGranted", signers.otherPatient.address],
      ["ConsentRevoked", patient],
      ["AllRevoked", patient],
      ["AllRevoked", signers.otherPatient.address],
    ]);
    const ofHospital = await as.stranger.consents.history({ patient, grantee: hospital });
    expect(typesOf(ofHospital)).to.deep.equal(["ConsentGranted", "AllRevoked"]);
  });

  it("of nobody in particular is everybody's, and from a block on what came since", async () => {
    const { as, patient } = await told();
    expect(await as.stranger.consents.history()).to.have.length(TOLD.length + 2);
    const [, second] = await as.stranger.consents.history({ patient });
    const fromBlock = second!.blockNumber;
    expect(await as.stranger.consents.history({ patient, fromBlock })).to.have.length(TOLD.length - 1);
    expect(await as.stranger.consents.history({ patient, fromBlock: fromBlock + 1 })).to.have.length(TOLD.length - 4);
  });

  it("goes on from every cursor, without losing or repeating an event", async () => {
    const { as, patient } = await told();
    const all = await as.stranger.consents.history({ patient });
    const reading = as.stranger.consents.history({ patient });
    const seen: ConsentEvent[] = [];
    expect(reading.cursor).to.equal(undefined);
    for await (const event of reading) {
      seen.push(event);
      const cursor = JSON.parse(JSON.stringify(reading.cursor)) as string;
      const rest = await as.clinic.consents.history({ patient }, { cursor });
      expect([...seen, ...rest], cursor).to.deep.equal(all);
    }
    expect(seen).to.deep.equal(all);
    const later = as.clinic.consents.history({ patient }, { cursor: reading.cursor });
    expect(await later).to.deep.equal([]);
    await as.patient.consents.revokeAll();
    expect(typesOf(await later)).to.deep.equal(["AllRevoked"]);
  });

  it("keeps the cursor that it was given until it has read something", async () => {
    const { as, patient } = await told();
    const first = as.stranger.consents.history({ patient });
    for await (const event of first) if (event.type === "ConsentRevoked") break;
    const second = as.stranger.consents.history({ patient }, { cursor: first.cursor });
    expect(second.cursor).to.equal(first.cursor);
    await second.all();
    const head = await ethers.provider.getBlock("latest");
    expect(second.cursor).to.equal(`${head!.number}-${head!.hash}`);
  });

  it("says how far it is, and stops at the block that was asked for", async () => {
    const { as, patient } = await told();
    const seen: Progress[] = [];
    const at = (await as.stranger.consents.history({ patient }))[4]!.blockNumber;
    const options = { at, onProgress: (progress: Progress) => seen.push(progress) };
    expect(typesOf(await as.stranger.consents.history({ patient }, options))).to.deep.equal(TOLD.slice(0, 5));
    expect(seen).to.deep.equal([{ fromBlock: 0, toBlock: at, head: at }]);
  });

  it("does not go on from a place that a reorganisation removed", async () => {
    const { as, patient } = await told();
    const snapshot = await networkHelpers.takeSnapshot();
    await as.patient.consents.revokeAll();
    const reading = as.stranger.consents.history({ patient });
    const events = await reading.all();
    await snapshot.restore();
    await networkHelpers.mine(3);
    const again = as.clinic.consents.history({ patient }, { cursor: reading.cursor });
    await expectError(again, ReorganisedError, { blockNumber: events.at(-1)!.blockNumber });
  });

  it("fails as every other action does, and only when it is read", async () => {
    const { client, patient, answer } = await laggingNode();
    const down = Object.assign(new Error("down"), { code: "ECONNREFUSED" });
    answer(() => Promise.reject(down));
    const reading = client.consents.history({ patient });
    await expectError(reading, NetworkError);
    answer(undefined);
    expect(await reading).to.deep.equal([]);
  });

  for (const cursor of ["", "17", "17-0x12", `x-0x${"1".repeat(64)}`, `1-0x${"1".repeat(64)}-`, 17]) {
    it(`refuses ${JSON.stringify(cursor)} as a cursor`, async () => {
      const { as, patient } = await told();
      const reading = as.stranger.consents.history({ patient }, { cursor: cursor as string });
      await expectError(reading, InvalidParameterError, { parameter: "cursor" });
    });
  }

  it("refuses filters that are none", async () => {
    const { as, patient } = await told();
    const { history } = as.stranger.consents;
    await expectError(history({ patient: "x" }), InvalidAddressError, { parameter: "patient" });
    await expectError(history({ grantee: "x" }), InvalidAddressError, { parameter: "grantee" });
    await expectError(history({ patient, fromBlock: -1 }), InvalidParameterError, { parameter: "fromBlock" });
    await expectError(history({ patient, form: 1 } as object), InvalidParameterError, { parameter: "form" });
    const misspelt = { cursr: "" } as object;
    await expectError(history({ patient }, misspelt), InvalidParameterError, { parameter: "options.cursr" });
  });
});

describe("what is read page by page, where a node answers for few blocks at once", () => {
  /** A client of a node that answers for so many blocks at once. */
  async function narrow(most: number): Promise<{ client: Client; patient: string; expected: ConsentEvent[] }> {
    const { as, patient, deployment } = await told();
    const expected = await as.stranger.consents.history({ patient });
    const send = (method: string, params: unknown[] = []): Promise<unknown> => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string };
      if (method === "eth_getLogs" && Number(toBlock) - Number(fromBlock) + 1 > most) {
        return Promise.reject(Object.assign(new Error("query exceeds max block range"), { code: -32005 }));
      }
      return ethers.provider.send(method, params) as Promise<unknown>;
    };
    const provider = { send } as never;
    return { client: await connect({ runner: provider, deployment }), patient, expected };
  }

  for (const most of [1, 3]) {
    it(`is the same, for ${most}`, async () => {
      const { client, patient, expected } = await narrow(most);
      const fromBlock = expected[0]!.blockNumber;
      expect(await client.consents.history({ patient, fromBlock })).to.deep.equal(expected);
      const reading = client.consents.history({ patient, fromBlock });
      const cursors = new Set<string>();
      for await (const event of reading) {
        cursors.add(reading.cursor!);
        const rest = await client.consents.history({ patient, fromBlock }, { cursor: reading.cursor });
        expect(rest, reading.cursor).to.deep.equal(
          expected.slice(
            expected.findIndex((each) => each.blockNumber === event.blockNumber && each.logIndex === event.logIndex) +
              1,
          ),
        );
      }
      expect(cursors.size).to.equal(expected.length);
      const seen: Progress[] = [];
      const options: ScanOptions = { onProgress: (progress) => seen.push(progress) };
      expect(await client.consents.list({ patient }, options)).to.have.length(5);
      expect(seen.length).to.be.above(3);
    });
  }
});
