import { expect } from "chai";
import { on } from "../sdk/faults/line.js";
import {
  accepted,
  done,
  expectProblem,
  get,
  grantOf,
  GRANTEE,
  type Person,
  post,
  relayerWorld,
} from "./support/world.js";

const USUAL = { hour: 100, day: 100 };

describe("Relayer, limits", () => {
  const world = relayerWorld();

  const withdrawalOf = ({ client }: Person) => client.consents.revoke.sign({ grantee: GRANTEE });

  describe("for each patient", () => {
    it("so many in an hour, and says when there is room; withdrawals and other patients have their own", async () => {
      const { url } = await world.start({
        budgets: { others: { hour: 2, day: 100 }, withdrawals: { hour: 3, day: 100 } },
      });
      const [patient, other] = [await world.person(), await world.person()];
      for (let i = 0; i < 2; i++) await done(url, await accepted(url, await grantOf(patient)));
      const refused = await grantOf(patient);
      const answer = await post(url, refused);
      expectProblem(answer, 429, "TooManyStatements");
      expect(Number(answer.headers.get("retry-after"))).to.be.within(3_500, 3_600);
      await accepted(url, await grantOf(other));
      for (let i = 0; i < 3; i++) await done(url, await accepted(url, await withdrawalOf(patient)));
      expectProblem(await post(url, await withdrawalOf(patient)), 429, "TooManyStatements");
      expectProblem(await get(url, `/statements/${refused.signature.slice(0, 66)}`), 404, "UnknownStatement");
    });

    it("so many in a day, over a restart", async () => {
      const budgets = { others: { hour: 100, day: 2 }, withdrawals: USUAL };
      const { url, close, database } = await world.start({ budgets });
      const patient = await world.person();
      for (let i = 0; i < 2; i++) await done(url, await accepted(url, await grantOf(patient)));
      await close();
      const { url: later } = await world.start({ budgets, database });
      const answer = await post(later, await grantOf(patient));
      expectProblem(answer, 429, "TooManyStatements");
      expect(Number(answer.headers.get("retry-after"))).to.be.within(86_300, 86_400);
    });

    it("that no stranger can use up, nor a representative, nor the same statement again", async () => {
      const { url } = await world.start({
        budgets: { others: { hour: 2, day: 100 }, withdrawals: { hour: 1, day: 100 } },
      });
      const [patient, friend] = [await world.person(), await world.person()];
      const { address } = patient;
      for (let i = 0; i < 3; i++) {
        const forged = {
          ...(await grantOf(patient)),
          signature: friend.key.signingKey.sign(`0x${"11".repeat(32)}`).serialized,
        };
        expectProblem(await post(url, forged), 422, "InvalidSignature");
        expectProblem(await post(url, await grantOf(friend, { patient: address })), 422, "NotSpeakerFor");
      }
      const appointment = await patient.client.patients.appointRepresentative.sign({
        representative: friend.address,
        until: "2098-12-31",
      });
      for (let i = 0; i < 3; i++) await done(url, (await post(url, appointment)).body["id"] as string);
      const speak = () => friend.client.consents.revoke.sign({ patient: address, grantee: GRANTEE });
      await done(url, await accepted(url, await speak()));
      expectProblem(await post(url, await speak()), 429, "TooManyStatements");
      const dismissal = await patient.client.patients.dismissRepresentative.sign({ representative: friend.address });
      await done(url, await accepted(url, dismissal));
      await accepted(url, await grantOf(patient));
      expectProblem(await post(url, await grantOf(patient)), 429, "TooManyStatements");
    });
  });

  it("one from each address in turn: a stranger's many withdrawals keep nobody's waiting", async () => {
    const { url } = await world.start({ trustedProxies: ["127.0.0.0/8"] });
    const from = async (ip: string) => {
      const { client } = await world.person();
      const { status, body } = await post(url, await client.consents.revokeAll.sign({}), { "x-forwarded-for": ip });
      expect(status, JSON.stringify(body)).to.equal(202);
      return body["id"] as string;
    };
    world.node.line.fail(on("eth_sendRawTransaction", ({ drop }) => drop()));
    const many: string[] = [];
    for (let i = 0; i < 5; i++) many.push(await from("203.0.113.1"));
    const own = await from("203.0.113.2");
    world.node.line.fail();
    const { blockNumber } = await done(url, own);
    const blocks = await Promise.all(many.map(async (id) => (await done(url, id)).blockNumber!));
    expect(blocks.filter((block) => block < blockNumber!)).to.have.length.within(1, 2);
  });

  describe("for each IP address", () => {
    it("before anything is verified; what is said to be a withdrawal is counted apart", async () => {
      const { url } = await world.start({ requests: { statements: 2, reads: 100 } });
      const patient = await world.person();
      for (let i = 0; i < 2; i++) expect((await post(url, {})).status).to.equal(400);
      world.node.line.asked.length = 0;
      const answer = await post(url, await grantOf(patient));
      expectProblem(answer, 429, "TooManyRequests");
      expect(Number(answer.headers.get("retry-after"))).to.be.within(1, 60);
      expect(world.node.line.asked).to.deep.equal([]);
      for (let i = 0; i < 2; i++) await accepted(url, await withdrawalOf(patient));
      expectProblem(await post(url, await withdrawalOf(patient)), 429, "TooManyRequests");
      expect((await get(url, "/health")).status).to.equal(200);
    });

    it("also what can't be read, together with all else", async () => {
      const { url } = await world.start({ requests: { statements: 3, reads: 2 } });
      expectProblem(await post(url, "{"), 400, "InvalidStatement");
      expectProblem(await post(url, "{}", { "content-type": "text/plain" }), 415, "NotJson");
      expectProblem(await post(url, "x".repeat(70_000)), 413, "StatementTooLong");
      for (const [text, type] of [
        ["{", "application/json"],
        ["{}", "text/plain"],
        ["{}", "application/json"],
      ] as const) {
        const answer = await post(url, text, { "content-type": type });
        expectProblem(answer, 429, "TooManyRequests");
        expect(Number(answer.headers.get("retry-after"))).to.be.within(1, 60);
      }
      expect((await post(url, { primaryType: "RevokeAll" })).status).to.equal(400);
      for (let i = 0; i < 2; i++) expectProblem(await post(`${url}/nothing`, "{"), 400, "InvalidStatement");
      expectProblem(await post(`${url}/nothing`, "{"), 429, "TooManyRequests");
    });

    it("for reading too", async () => {
      const { url } = await world.start({ requests: { statements: 100, reads: 2 } });
      for (let i = 0; i < 2; i++) expect((await get(url, "/health")).status).to.equal(200);
      expectProblem(await get(url, "/health"), 429, "TooManyRequests");
    });

    it("for what is not there too", async () => {
      const { url } = await world.start({ requests: { statements: 100, reads: 2 } });
      for (let i = 0; i < 2; i++) expectProblem(await get(url, "/"), 404, "UnknownRoute");
      expectProblem(await get(url, "/"), 429, "TooManyRequests");
    });

    it("as a trusted proxy tells it, and nobody else", async () => {
      const limits = { requests: { statements: 1, reads: 100 } };
      const from = (ip: string) => ({ "x-forwarded-for": ip });
      const { url: direct } = await world.start(limits);
      expect((await post(direct, {}, from("203.0.113.1"))).status).to.equal(400);
      expect((await post(direct, {}, from("203.0.113.2"))).status).to.equal(429);
      const { url: behind } = await world.start({ ...limits, trustedProxies: ["127.0.0.0/8"] });
      expect((await post(behind, {}, from("203.0.113.1"))).status).to.equal(400);
      expect((await post(behind, {}, from("203.0.113.2"))).status).to.equal(400);
      expect((await post(behind, {}, from("203.0.113.2"))).status).to.equal(429);
      expect((await post(behind, {}, from("2001:db8:1:2::1"))).status).to.equal(400);
      expect((await post(behind, {}, from("2001:db8:1:2::2"))).status).to.equal(429);
    });
  });
});
