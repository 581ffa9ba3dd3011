import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { accessOf, AccessRefusedError } from "@consentry/sdk/server";
import { expect } from "chai";
import { id } from "ethers";
import { forEachFramework } from "./harness.js";
import { OBSERVATION, type World } from "./setup.js";

forEachFramework("consentGuard", (harness) => {
  const { start, get, absence, expectAbsent, entries, logged } = harness;

  describe("what is permitted", () => {
    it("is answered by the handler, kept from caches, and logged in the grantee's name", async () => {
      await start({}, () => ({
        body: OBSERVATION,
        headers: { "Cache-Control": "public, max-age=3600", Expires: "Wed, 01 Jan 2098 00:00:00 GMT", "X-Own": "1" },
      }));
      const { status, headers, body } = await get("potassium");
      expect([status, JSON.parse(body)]).to.deep.equal([200, OBSERVATION]);
      expect(headers).to.include({ "cache-control": "no-store", "x-own": "1" });
      expect(headers).not.to.have.property("expires");
      const { clinic, gateway } = harness.world.actors;
      const [entry, ...others] = await entries();
      expect(others).to.deep.equal([]);
      expect(entry).to.include({
        permitted: true,
        grantee: clinic.address,
        by: gateway.address,
        record: harness.world.ids.get("potassium"),
        purpose: "TREAT",
        action: "access",
      });
      expect(harness.refusals).to.deep.equal([]);
    });

    it("is what the handler is told, and cannot change", async () => {
      let seen: unknown;
      await start({}, (_name, request) => {
        const access = accessOf(request)!;
        seen = { ...access };
        expect(() => (access.records as string[]).push("another")).to.throw(TypeError);
        return { body: OBSERVATION };
      });
      expect((await get("potassium")).status).to.equal(200);
      expect(seen).to.deep.include({
        grantee: harness.world.actors.clinic.address,
        records: [harness.world.ids.get("potassium")],
        patient: undefined,
      });
      expect(accessOf({})).to.equal(undefined);
    });

    it("is answered to HEAD with the same headers and no body", async () => {
      await start();
      const [head, whole] = [await get("potassium", "HEAD"), await get("potassium")];
      expect(head.body).to.equal("");
      expect(head.bytes).to.equal(whole.bytes.slice(0, whole.bytes.length - whole.body.length));
    });

    it("may be asked for by a member", async () => {
      await start({ identify: () => ({ ...harness.world.clinicAsks, member: harness.world.actors.doctor.address }) });
      expect((await get("potassium")).status).to.equal(200);
    });

    it("may be several records: all, each with an entry, and each once", async () => {
      const both = [harness.world.ids.get("potassium"), harness.world.ids.get("sodium")];
      await start({ record: () => [...both, both[0]!.toUpperCase().replace("0X", "0x")] });
      expect((await get("both")).status).to.equal(200);
      expect((await entries()).map(({ record }) => record)).to.have.members(both);
    });

    it("goes out as a stream, in order and whole", async () => {
      const chunks = Array.from({ length: 64 }, (_, i) => Buffer.alloc(65_536, i));
      const sum = createHash("sha256").update(Buffer.concat(chunks)).digest("hex");
      await start({}, () => ({
        body: Readable.from(chunks),
        headers: { "Content-Type": "application/octet-stream", "Content-Length": String(64 * 65_536) },
      }));
      const { status, body } = await get("potassium");
      const received = Buffer.from(body, "latin1");
      expect([status, createHash("sha256").update(received).digest("hex")]).to.deep.equal([200, sum]);
    });

    it("is answered to many at once, each with an entry", async () => {
      await start();
      const answers = await Promise.all(Array.from({ length: 10 }, () => get("potassium")));
      expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 200));
      expect(await entries()).to.have.length(10);
    });
  });

  describe("what is refused looks like what does not exist", () => {
    it("which is told in FHIR's way, without a word of the request", async () => {
      await start();
      const { status, headers, body } = await absence();
      expect(status).to.equal(404);
      expect(headers).to.include({
        "content-type": "application/fhir+json; charset=utf-8",
        "content-length": String(body.length),
        "cache-control": "no-store",
      });
      expect(JSON.parse(body)).to.have.property("resourceType", "OperationOutcome");
      expect(body).not.to.include("nothing-is-here");
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    const refused: [what: string, name: string, decision: string, prepare?: (world: World) => unknown][] = [
      ["of another kind and sensitive", "note", "CategoryNotCovered"],
      ["erased", "erased", "NoConsent"],
      ["never registered", "unregistered", "NoConsent"],
      [
        "withdrawn",
        "potassium",
        "Revoked",
        ({ actors: { patient, clinic } }) => patient.consentry.consents.revoke({ grantee: clinic.address }),
      ],
      [
        "hidden",
        "potassium",
        "Withheld",
        ({ actors: { patient, clinic }, ids }) =>
          patient.consentry.consents.revoke({ grantee: clinic.address, record: ids.get("potassium")! }),
      ],
      [
        "permitted under a condition",
        "potassium",
        "PermitConditional",
        ({ grant }) => grant({ conditional: true, evidence: id("document") }),
      ],
      [
        "asked for by a provider who is suspended",
        "potassium",
        "GranteeNotActive",
        ({ actors }) => actors.accreditor.consentry.providers.suspend({ provider: actors.clinic.address }),
      ],
      [
        "expired",
        "potassium",
        "Expired",
        async ({ grant, travel, now }) => {
          await grant({ until: new Date((await now()).getTime() + 60_000) });
          await travel(60);
        },
      ],
    ];
    for (const [what, name, decision, prepare] of refused) {
      it(`as what is ${what}, which is logged`, async () => {
        await prepare?.(harness.world);
        await start();
        await expectAbsent(get(name));
        expect(await logged()).to.deep.equal([[decision, harness.world.ids.get(name)]]);
        expect(harness.handled).to.equal(0);
        const [refusal] = harness.refusals;
        expect(refusal).to.be.instanceOf(AccessRefusedError);
        expect(refusal).to.have.property("decision", decision);
      });
    }

    for (const [what, more, decision] of [
      ["for another purpose", { purpose: "HRESCH" }, "NoConsent"],
      ["to do something else", { action: "disclose" }, "ActionNotCovered"],
    ] as const) {
      it(`as what is asked for ${what}`, async () => {
        await start({ identify: () => ({ ...harness.world.clinicAsks, ...more }) });
        await expectAbsent(get("potassium"));
        expect(await logged()).to.deep.equal([[decision, harness.world.ids.get("potassium")]]);
      });
    }

    it("as what another provider may see", async () => {
      await start({
        identify: () => ({ ...harness.world.clinicAsks, grantee: harness.world.actors.researcher.address }),
      });
      await expectAbsent(get("potassium"));
      expect(await logged()).to.deep.equal([["NoConsent", harness.world.ids.get("potassium")]]);
    });

    it("as what a member asks for who is none, or may not read", async () => {
      const { clinic, doctor, stranger } = harness.world.actors;
      let member = stranger.address;
      await start({ identify: () => ({ ...harness.world.clinicAsks, member }) });
      await expectAbsent(get("potassium"));
      member = doctor.address;
      await clinic.consentry.providers.setMember({ member, abilities: ["audit"], until: "until-revoked" });
      await expectAbsent(get("potassium"));
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    it("as what a member asks for because the organization's key is the patient's", async () => {
      const { clinic, doctor, patient, hospital } = harness.world.actors;
      const content = "{}";
      await clinic.consentry.consents.grant({
        ...{ grantee: hospital.address, categories: ["LABS"], purposes: ["TREAT"], actions: ["collect"] },
        until: "until-revoked",
      });
      const about = { patient: clinic.address, categories: ["LABS"], content, purpose: "TREAT" } as const;
      const { record } = await hospital.consentry.records.register(about);
      let member: string | undefined;
      const identify = () => ({ grantee: clinic.address, purpose: "TREAT", member });
      await start({ consentry: clinic.consentry, identify, record: () => record });
      expect((await get("own")).status).to.equal(200);
      member = doctor.address;
      expect((await get("own")).status).to.equal(404);
      member = patient.address;
      expect((await get("own")).status).to.equal(404);
    });

    it("all of it, if one of several records is refused; all are logged", async () => {
      await start({
        record: ({ params }: { params: { id: string } }) =>
          params.id === "both" ? [harness.world.ids.get("potassium"), harness.world.ids.get("note")] : undefined,
      });
      await expectAbsent(get("both"));
      expect((await entries()).map(({ decision }) => decision)).to.have.members(["Permit", "CategoryNotCovered"]);
    });

    it("with the same headers to HEAD, and no body", async () => {
      await start();
      const [refusedHead, absentHead, whole] = [await get("note", "HEAD"), await absence("HEAD"), await absence()];
      expect(refusedHead.bytes).to.equal(absentHead.bytes);
      expect(absentHead.bytes).to.equal(whole.bytes.slice(0, whole.bytes.length - whole.body.length));
    });

    it("whatever else than GET and HEAD is asked", async () => {
      await start();
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const { bytes } = await get("potassium", method, ["Content-Length: 0", "X-HTTP-Method-Override: GET"]);
        expect(bytes, method).to.equal((await absence()).bytes);
      }
      expect([harness.handled, await entries()]).to.deep.equal([0, []]);
    });

    for (const name of [
      "__proto__",
      "constructor",
      "potassium%00",
      "potassium%2f..%2fnote",
      "%252e%252e",
      "POTASSIUM",
      "potassium,sodium",
      "potassium;note",
      "potassium?record=note&record=potassium&__proto__[id]=potassium".replace("potassium?", "nothing?"),
      "x".repeat(90),
    ]) {
      it(`an id such as ${name.slice(0, 24)}`, async () => {
        await start();
        await expectAbsent(get(name));
        expect([harness.handled, await entries()]).to.deep.equal([0, []]);
      });
    }
  });
});
