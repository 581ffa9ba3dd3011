import { InvalidParameterError } from "@consentry/sdk";
import { consentGuard } from "@consentry/sdk/server";
import { expect } from "chai";
import { fixtures } from "../setup.js";

describe("what a guard is told", () => {
  for (const [parameter, change] of [
    ["consentry", { consentry: undefined }],
    ["consentry", { consentry: {} }],
    ["identify", { identify: undefined }],
    ["identify", { identify: { grantee: "0x", purpose: "TREAT" } }],
    ["record", { record: undefined }],
    ["record", { record: "0x03" }],
    ["record", { patient: () => undefined }],
    ["patient", { record: undefined, patient: "0x03" }],
    ["onRefusal", { onRefusal: "log" }],
    ["timeout", { timeout: 0 }],
    ["timeout", { timeout: NaN }],
    ["timeout", { timeout: Infinity }],
    ["timeout", { timeout: "30" }],
    ["records", { records: () => undefined }],
  ] as [string, object][]) {
    it(`is checked when the server starts: ${parameter} in ${JSON.stringify(change)}`, async () => {
      const { as } = await fixtures.deployed();
      const options = { consentry: as.clinic, identify: () => undefined, record: () => undefined, ...change };
      for (const guard of [consentGuard.express, consentGuard.fastify]) {
        expect(() => (guard as (options: object) => unknown)(options))
          .to.throw(InvalidParameterError)
          .with.property("parameter", parameter);
      }
    });
  }
});
