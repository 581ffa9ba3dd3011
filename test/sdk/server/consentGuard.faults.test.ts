import { connect } from "node:net";
import { Readable } from "node:stream";
import { newRecordId, NotActingForError, TimeoutError } from "@consentry/sdk";
import { expect } from "chai";
import { forEachFramework } from "./harness.js";
import { type Handler, type Lie, OBSERVATION, SILENCE, type World } from "./setup.js";

forEachFramework("consentGuard, when something is wrong", (harness) => {
  const { start, get, absence, expectAbsent, entries, logged } = harness;

  describe("who cannot be told apart from nobody gets nothing", () => {
    const never = new Promise<never>(() => undefined);
    const cyclic: Record<string, unknown> = {};
    cyclic["grantee"] = cyclic;
    for (const [what, identify] of [
      ["nobody", () => undefined],
      ["null", () => null],
      ["true", () => true],
      ["a text", () => "clinic"],
      ["a list", () => []],
      ["an empty object", () => ({})],
      ["no purpose", () => ({ ...harness.world.clinicAsks, purpose: undefined })],
      ["several purposes", () => ({ ...harness.world.clinicAsks, purpose: ["TREAT"] })],
      ["an unknown purpose", () => ({ ...harness.world.clinicAsks, purpose: "CURIOSITY" })],
      ["an unknown action", () => ({ ...harness.world.clinicAsks, action: "see" })],
      ["no address", () => ({ ...harness.world.clinicAsks, grantee: "clinic" })],
      ["any provider", () => ({ ...harness.world.clinicAsks, grantee: "0x65eCB7cD3685D251097426D3F3877CD8DCB860EF" })],
      ["a member who is nobody", () => ({ ...harness.world.clinicAsks, member: "" })],
      ["a misspelt member", () => ({ ...harness.world.clinicAsks, members: harness.world.actors.stranger.address })],
      [
        "an object of a class",
        () =>
          new (class {
            grantee = harness.world.actors.clinic.address;
            purpose = "TREAT";
          })(),
      ],
      ["what an object inherits", () => Object.create({ ...harness.world.clinicAsks }) as unknown],
      ["something without an end", () => cyclic],
    ] as [string, () => unknown][]) {
      it(`identified as ${what}`, async () => {
        await start({ identify });
        await expectAbsent(get("potassium"));
        expect([harness.handled, await entries()]).to.deep.equal([0, []]);
        expect(harness.refusals[0]).to.have.property("code");
      });
    }

    it("if identifying throws, rejects or never ends", async () => {
      let identify: () => unknown = () => {
        throw new Error("the directory of users is down");
      };
      await start({ identify: () => identify(), timeout: 200 });
      await expectAbsent(get("potassium"));
      identify = () => Promise.reject(new Error("down"));
      await expectAbsent(get("potassium"));
      identify = () => never;
      await expectAbsent(get("potassium"));
      expect(harness.refusals.filter((each) => each instanceof TimeoutError)).not.to.be.empty;
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    it("and nothing is logged for who is identified too late", async () => {
      let late: (() => void) | undefined;
      const identify = () => new Promise((resolve) => (late = () => resolve(harness.world.clinicAsks)));
      await start({ identify, timeout: 100 });
      expect((await get("potassium")).status).to.equal(404);
      late?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    it("nor does what a polluted prototype adds", async () => {
      await start({ identify: () => ({ purpose: "TREAT" }) });
      const pollute = Object.prototype as unknown as { grantee?: string };
      try {
        Object.defineProperty(pollute, "grantee", { configurable: true, value: harness.world.actors.clinic.address });
        expect((await get("potassium")).status).to.equal(404);
      } finally {
        delete pollute.grantee;
      }
      expect(await entries()).to.deep.equal([]);
    });

    for (const [what, record] of [
      ["an empty text", ""],
      ["an empty list", []],
      ["a list with a gap", [undefined]],
      ["an object", {}],
      ["a function", Object],
      ["a number", 1],
      ["what is no id", "0x03"],
      ["an id of something else", `0x04${"1".repeat(62)}`],
    ] as const) {
      it(`nor does a record that is ${what}`, async () => {
        await start({
          record: ({ params }: { params: { id: string } }) => (params.id === "odd" ? record : undefined),
        });
        await expectAbsent(get("odd"));
        expect([harness.handled, await entries()]).to.deep.equal([0, []]);
      });
    }

    it("nor do more records than can be logged", async () => {
      const many = Array.from({ length: 101 }, () => newRecordId(harness.world.actors.hospital.address));
      await start({ record: ({ params }: { params: { id: string } }) => (params.id === "many" ? many : undefined) });
      await expectAbsent(get("many"));
      expect(await entries()).to.deep.equal([]);
    });
  });

  describe("every fault closes", () => {
    const down = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    for (const method of [
      "eth_getBlockByNumber",
      "eth_call",
      "eth_estimateGas",
      "eth_sendTransaction",
      "eth_chainId",
    ]) {
      for (const [what, lie] of [
        ["is down", () => Promise.reject(down)],
        ["is slow", SILENCE],
        ["answers garbage", () => Promise.resolve("garbage")],
        ["answers nothing", () => Promise.resolve(null)],
        ["answers one", () => Promise.resolve(`0x${"0".repeat(63)}1`)],
      ] as [string, Lie][]) {
        it(`when the node ${what} on ${method}`, async () => {
          await start({
            identify: () => ({ ...harness.world.clinicAsks, member: harness.world.actors.doctor.address }),
            timeout: 300,
          });
          harness.liar.tell((request, honest) => (request.method === method ? lie(request, honest) : honest()));
          const { bytes } = await get("potassium");
          harness.liar.tell(undefined);
          expect(bytes).to.equal((await absence()).bytes);
          expect(harness.refusals).not.to.be.empty;
        });
      }
    }

    it("when the access cannot be logged, whatever is decided", async () => {
      const { clinic, gateway } = harness.world.actors;
      await clinic.consentry.providers.setMember({ member: gateway.address, abilities: [], until: "until-revoked" });
      await start();
      await expectAbsent(get("potassium"));
      expect(harness.refusals[0]).to.be.instanceOf(NotActingForError);
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    it("when the log entry is of something else", async () => {
      const { clinic } = harness.world.actors;
      const { hash } = await clinic.consentry.audit.access({
        record: harness.world.ids.get("sodium")!,
        purpose: "TREAT",
      });
      await start();
      harness.liar.tell((request, honest) =>
        request.method === "eth_sendTransaction" ? Promise.resolve(hash) : honest(),
      );
      await expectAbsent(get("potassium"));
      expect([harness.handled, harness.refusals[0]!.code]).to.deep.equal([0, "UnexpectedTransaction"]);
    });

    for (const [what, handler] of [
      [
        "throws",
        () => {
          throw new Error(`no row for ${JSON.stringify(OBSERVATION)}`);
        },
      ],
      ["rejects", () => Promise.reject(new Error("secret"))],
      [
        "rejects with a status and headers",
        () =>
          Promise.reject(
            Object.assign(new Error("secret"), { status: 410, statusCode: 410, headers: { "X-Secret": "1" } }),
          ),
      ],
      ["answers 404", () => ({ status: 404, body: { secret: true }, headers: { ETag: 'W/"7"', "Set-Cookie": "a=b" } })],
      ["answers 410", () => ({ status: 410, body: OBSERVATION })],
      ["answers 500", () => ({ status: 500, body: OBSERVATION })],
      ["redirects", () => ({ status: 302, body: "", headers: { Location: "/patients/7" } })],
      [
        "answers with a stream that fails at once",
        () => ({
          body: new Readable({
            read() {
              this.destroy(new Error("disk"));
            },
          }),
          headers: { "Content-Type": "application/fhir+json" },
        }),
      ],
    ] as [string, Handler][]) {
      it(`when the handler ${what}`, async () => {
        await start({}, handler);
        const { bytes, status } = await get("potassium");
        expect(bytes).not.to.match(/secret|final|Potassium/i);
        if (bytes !== "") expect([status, bytes]).to.deep.equal([404, (await absence()).bytes]);
        expect(harness.refusals).to.have.length(
          what.includes("stream") ? harness.refusals.length : 1 + Number(bytes !== ""),
        );
      });
    }

    it("when telling about it fails, too", async () => {
      await start({
        onRefusal: () => {
          throw new Error("the log is full");
        },
      });
      await expectAbsent(get("note"));
    });

    it("when who asks goes away: the handler does not run", async () => {
      let decide: (() => void) | undefined;
      const identified = new Promise<void>((resolve) => (decide = resolve));
      let asked: (() => void) | undefined;
      const begun = new Promise<void>((resolve) => (asked = resolve));
      await start({
        identify: async () => {
          asked?.();
          await identified;
          return harness.world.clinicAsks;
        },
      });
      const socket = connect(harness.server!.port, "127.0.0.1");
      socket.write("GET /fhir/Observation/potassium HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await begun;
      const gone = new Promise((resolve) => socket.once("close", resolve));
      socket.destroy();
      await gone;
      await new Promise((resolve) => setTimeout(resolve, 50));
      decide?.();
      for (let i = 0; i < 100 && (await entries()).length === 0; i++) await new Promise((r) => setTimeout(r, 20));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(harness.handled).to.equal(0);
    });
  });

  describe("between permit and answer", () => {
    const body =
      (before: () => unknown, what: unknown = OBSERVATION): Handler =>
      async () => {
        await before();
        return { body: what, headers: { ETag: 'W/"1"', "Content-Type": "application/json" } };
      };
    for (const [what, change] of [
      [
        "the patient withdraws",
        ({ patient, clinic }) => patient.consentry.consents.revoke({ grantee: clinic.address }),
      ],
      ["the patient withdraws everything", ({ patient }) => patient.consentry.consents.revokeAll()],
      [
        "the provider is suspended",
        ({ accreditor, clinic }) => accreditor.consentry.providers.suspend({ provider: clinic.address }),
      ],
      [
        "the member is removed",
        ({ clinic, doctor }) =>
          clinic.consentry.providers.setMember({ member: doctor.address, abilities: [], until: "until-revoked" }),
      ],
      ["the node dies", () => harness.liar.tell(() => Promise.reject(new Error("ECONNREFUSED")))],
      ["the node hangs", () => harness.liar.tell(SILENCE)],
    ] as [string, (actors: World["actors"]) => unknown][]) {
      it(`nothing goes out if ${what}`, async () => {
        const identify = () => ({ ...harness.world.clinicAsks, member: harness.world.actors.doctor.address });
        await start(
          { identify, timeout: 500 },
          body(() => change(harness.world.actors)),
        );
        const { bytes } = await get("potassium");
        harness.liar.tell(undefined);
        expect(bytes).to.equal((await absence()).bytes);
        expect(harness.handled).to.equal(1);
        expect((await logged())[0]).to.deep.equal(["Permit", harness.world.ids.get("potassium")]);
      });
    }

    it("nothing goes out of a stream", async () => {
      const { patient, clinic } = harness.world.actors;
      const stream = Readable.from(["Potassium 5.1", "Potassium 5.2"]);
      await start(
        {},
        body(() => patient.consentry.consents.revoke({ grantee: clinic.address }), stream),
      );
      await expectAbsent(get("potassium"));
    });
  });
});
