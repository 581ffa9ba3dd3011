import { consentGuard } from "@consentry/sdk/server";
import { type Moving, movingBetween } from "@consentry/sdk/moving";
import { expect } from "chai";
import express from "express";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LABS } from "../setup.js";
import { succeeded } from "./world.js";

const OBSERVATION = { resourceType: "Observation", status: "final", code: { text: "Potassium" } };

const LABORATORY = [
  { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
];

describe("a guard while patients move", () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  });

  it("decides and logs each access where the patient's word counts", async () => {
    const { as, next, signers, moving } = await succeeded();
    const [patient, clinic, hospital] = [signers.patient, signers.clinic, signers.hospital].map(
      ({ address }) => address,
    ) as [string, string, string];
    await as.patient.consents.grant({ ...LABS, actions: ["collect"], grantee: clinic });
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    const about = { patient, categories: ["LABS"], purpose: "TREAT" } as const;
    const { record, contentHash } = await as.clinic.records.register({
      ...about,
      content: JSON.stringify(OBSERVATION),
    });

    const app = express();
    const consentry = await movingBetween(as.hospital, next.hospital);
    const guard = consentGuard.express({
      consentry,
      identify: () => ({ grantee: hospital, purpose: "TREAT" }),
      record: () => record,
    });
    app.get("/fhir/Observation/1", guard, (_, response) => {
      response.json(OBSERVATION);
    });
    server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const get = async () => (await fetch(`http://127.0.0.1:${port}/fhir/Observation/1`)).status;
    const logged = async () => {
      const [old, present] = [
        await as.stranger.audit.history({ patient }),
        await next.stranger.audit.history({ patient }),
      ];
      return [old.length, present.length];
    };

    expect([await get(), await logged()]).to.deep.equal([200, [1, 0]]);
    await moving.deliver(await moving.sign(await moving.plan(patient)));
    // Until its custodian has registered it again, nobody reads it.
    expect([await get(), await logged()]).to.deep.equal([404, [1, 0]]);
    await next.clinic.records.register({ record, patient, categories: ["LABS"], contentHash, purpose: "TREAT" });
    expect([await get(), await logged()]).to.deep.equal([200, [1, 1]]);
    await next.patient.consents.revoke({ grantee: hospital });
    expect([await get(), await logged()]).to.deep.equal([404, [1, 2]]);
  });

  it("releases nothing by the labels of old, where the record has got more in the successor", async () => {
    const { as, next, signers } = await succeeded();
    const [patient, clinic, hospital] = [signers.patient.address, signers.clinic.address, signers.hospital.address];
    const collecting = { ...LABS, categories: ["LABS", "PSY"], actions: ["collect"], grantee: clinic } as const;
    await as.patient.consents.grant(collecting);
    await next.patient.consents.grant(collecting);
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    const about = { patient, categories: ["LABS"], purpose: "TREAT" } as const;
    const { record, contentHash } = await as.clinic.records.register({
      ...about,
      content: JSON.stringify(OBSERVATION),
    });
    const consentry = await movingBetween(as.hospital, next.hospital);
    const app = express();
    const identify = () => ({ grantee: hospital, purpose: "TREAT" }) as const;
    app.get("/", consentGuard.express({ consentry, identify, record: () => record }), (_, response) => {
      response.json(OBSERVATION);
    });
    server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const get = async () => (await fetch(`http://127.0.0.1:${port}/`)).status;
    expect(await get()).to.equal(200);
    await next.clinic.records.register({ record, patient, categories: ["LABS"], contentHash, purpose: "TREAT" });
    expect(await get()).to.equal(200);
    await next.clinic.records.addLabels({ record, categories: ["PSY"] });
    const question = { record, grantee: hospital, purpose: "TREAT" } as const;
    expect(await consentry.decide(question)).to.include({ permitted: false, decision: "CategoryNotCovered" });
    expect(await get()).to.equal(404);
  });

  it("releases nothing if the patient refuses in the successor while it is logged in the predecessor", async () => {
    const { as, next, signers, moving } = await succeeded();
    const [patient, hospital] = [signers.patient.address, signers.hospital.address];
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    const { to, decide, clientFor } = await movingBetween(as.hospital, next.hospital);
    let isRefusing = false;
    const consentry: Pick<Moving, "to" | "decide" | "clientFor"> = {
      to,
      decide,
      clientFor: async (question) => {
        const client = await clientFor(question);
        if (isRefusing) await next.patient.consents.revoke({ grantee: hospital });
        isRefusing = false;
        return client;
      },
    };
    const app = express();
    const identify = () => ({ grantee: hospital, purpose: "TREAT" }) as const;
    app.get("/", consentGuard.express({ consentry, identify, patient: () => patient }), (_, response) => {
      response.json({ ...OBSERVATION, category: LABORATORY });
    });
    server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const get = async () => (await fetch(`http://127.0.0.1:${port}/`)).status;
    expect(await get()).to.equal(200);
    isRefusing = true;
    expect(await get()).to.equal(404);
    expect(await as.stranger.audit.history({ patient })).to.have.length(2);
    expect(await moving.hasMoved(patient)).to.equal(false);
  });
});
