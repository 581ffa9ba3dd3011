import { Readable } from "node:stream";
import { expect } from "chai";
import { forEachFramework } from "./harness.js";
import type { Handler } from "./setup.js";

const LABORATORY = {
  resourceType: "Observation",
  status: "final",
  category: [
    { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
  ],
  code: { text: "Potassium" },
};
const PSYCHIATRIC = {
  ...LABORATORY,
  meta: { security: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" }] },
};
const MEDICATION = { resourceType: "MedicationStatement", status: "active" };

forEachFramework("consentGuard of resources without a pointer", (harness) => {
  const { get, entries } = harness;
  const json = { "Content-Type": "application/fhir+json" };
  const answering =
    (body: unknown): Handler =>
    () => ({ body, headers: json });
  const start = (handler: Handler, more: object = {}): Promise<void> => {
    const patient = ({ params }: { params: { id: string } }) =>
      params.id === "potassium" ? harness.world.actors.patient.address : undefined;
    return harness.start({ record: undefined, patient, ...more }, handler);
  };

  it("releases what its labels permit, whole, and logs them", async () => {
    await start(answering(LABORATORY));
    const { status, body, headers } = await get("potassium");
    expect([status, JSON.parse(body)]).to.deep.equal([200, LABORATORY]);
    expect(headers["cache-control"]).to.equal("no-store");
    const [entry, ...others] = await entries();
    expect(others).to.deep.equal([]);
    expect(entry).to.deep.include({
      permitted: true,
      patient: harness.world.actors.patient.address,
      grantee: harness.world.actors.clinic.address,
      record: undefined,
      categories: ["LABS"],
    });
  });

  it("releases a stream after its end", async () => {
    const text = JSON.stringify({ ...LABORATORY, note: [{ text: "ä€".repeat(50_000) }] });
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, i) =>
      bytes.subarray(i * 999, (i + 1) * 999),
    );
    await start(() => ({ body: Readable.from(chunks), headers: json }));
    const { status, body } = await get("potassium");
    expect([status, Buffer.from(body, "latin1").toString()]).to.deep.equal([200, text]);
  });

  for (const [what, body, decision] of [
    ["a sensitive label", PSYCHIATRIC, "CategoryNotCovered"],
    ["another kind", MEDICATION, "CategoryNotCovered"],
    ["a type that no table knows", { resourceType: "Potassium" }, "CategoryNotCovered"],
    [
      "an entry that is refused",
      { resourceType: "Bundle", type: "searchset", entry: [{ resource: LABORATORY }, { resource: PSYCHIATRIC }] },
      "CategoryNotCovered",
    ],
    ["something contained that is refused", { ...LABORATORY, contained: [PSYCHIATRIC] }, "CategoryNotCovered"],
  ] as const) {
    it(`refuses ${what}, and logs it`, async () => {
      await start(answering(body));
      const { bytes, status } = await get("potassium");
      expect([status, bytes]).to.deep.equal([404, (await harness.absence()).bytes]);
      expect((await entries()).map((entry) => entry.decision)).to.deep.equal([decision]);
    });
  }

  for (const [what, handler] of [
    ["no JSON", answering(Readable.from(["Potassium 5.1"]))],
    ["half of it", answering(Readable.from([JSON.stringify(LABORATORY).slice(0, -1)]))],
    ["no resource", answering({ code: "Potassium" })],
    ["a list", answering([LABORATORY])],
    ["no UTF-8", answering(Readable.from([Buffer.from('{"resourceType":"Observation","id":"\xff"}', "latin1")]))],
    ["nothing", answering(Readable.from([]))],
    ["too much", answering(Readable.from(Array.from({ length: 33 }, () => Buffer.alloc(2 ** 20, "Potassium "))))],
    ["an error", () => Promise.reject(new Error("Potassium"))],
  ] as [string, Handler][]) {
    it(`refuses ${what}`, async () => {
      await start(handler);
      const { bytes } = await get("potassium");
      expect(bytes).to.equal((await harness.absence()).bytes);
      expect(await entries()).to.deep.equal([]);
    });
  }

  it("refuses HEAD, which has nothing to label", async () => {
    await start(answering(LABORATORY));
    expect((await get("potassium", "HEAD")).bytes).to.equal((await harness.absence("HEAD")).bytes);
    expect(await entries()).to.deep.equal([]);
  });

  it("refuses when the patient withdraws while the handler works, and when the node dies", async () => {
    const { patient, clinic } = harness.world.actors;
    let before: () => unknown = () => harness.liar.tell(() => Promise.reject(new Error("ECONNREFUSED")));
    await start(async () => {
      await before();
      return { body: LABORATORY, headers: json };
    });
    const { bytes } = await get("potassium");
    harness.liar.tell(undefined);
    expect(bytes).to.equal((await harness.absence()).bytes);
    before = () => patient.consentry.consents.revoke({ grantee: clinic.address });
    expect((await get("potassium")).bytes).to.equal(bytes);
    expect((await entries()).map(({ decision }) => decision)).to.deep.equal(["Revoked"]);
  });

  for (const patient of ["", "patient", {}, "0x65eCB7cD3685D251097426D3F3877CD8DCB860EE"]) {
    it(`refuses a patient who is ${JSON.stringify(patient)}, before the handler runs`, async () => {
      await start(answering(LABORATORY), { patient: () => patient });
      const { status } = await get("potassium");
      expect([status, harness.handled, await entries()]).to.deep.equal([404, 0, []]);
    });
  }

  it("refuses a member who may not read, before the handler runs", async () => {
    const { stranger } = harness.world.actors;
    const identify = () => ({ ...harness.world.clinicAsks, member: stranger.address });
    await start(answering(LABORATORY), { identify });
    expect((await get("potassium")).status).to.equal(404);
    expect([harness.handled, await entries()]).to.deep.equal([0, []]);
  });
});
