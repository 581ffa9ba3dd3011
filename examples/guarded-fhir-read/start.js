import { once } from "node:events";
import { allCategories, isSensitivity } from "@consentry/sdk";
import { labelsOf } from "@consentry/sdk/fhir";
import { createTestbed } from "@consentry/sdk/testing";
import { createApp } from "./server.js";
import { readSummary } from "./summary.js";

// A chain in this process, with the contracts, and everybody who takes part.
const testbed = await createTestbed();
const { patient, hospital, clinic, doctor, gateway } = testbed.actors;

// The patient lets the hospital keep records; it registers a pointer for each resource of the summary.
await patient.consentry.consents.grant({
  grantee: hospital.address,
  categories: allCategories().filter((category) => !isSensitivity(category)),
  purposes: ["TREAT"],
  actions: ["collect"],
  until: "until-revoked",
});
const summary = readSummary();
const registered = await hospital.consentry.records.registerMany({
  purpose: "TREAT",
  records: summary.map((resource) => ({ patient: patient.address, resource, content: JSON.stringify(resource) })),
});
const shelf = new Map(
  summary.map((resource, i) => [
    `${resource.resourceType}/${resource.id}`,
    { resource, record: registered.records[i].record },
  ]),
);

// A doctor of the clinic has logged in.
const sessions = new Map([["Bearer doctor", { grantee: clinic.address, member: doctor.address, purpose: "TREAT" }]]);
const server = createApp({ consentry: gateway.consentry, sessions, shelf }).listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}/fhir`;

async function curl(path, token = "doctor") {
  console.log(`$ curl -i -H "Authorization: Bearer ${token}" ${base}/${path}`);
  const response = await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.text();
  console.log(`  HTTP/1.1 ${response.status} ${response.statusText}`);
  console.log(`  ${body.length <= 140 ? body : `${body.slice(0, 140)}...`}\n`);
}

const of = (category) => [...shelf].find(([, { resource }]) => labelsOf(resource).categories.join() === category)[0];
const [laboratory, allergy] = [of("LABS"), of("ALLERGIES")];

console.log("Nothing is granted\n");
await curl(laboratory);

console.log("The patient grants the clinic laboratory results for treatment\n");
await patient.consentry.consents.grant({
  grantee: clinic.address,
  categories: ["LABS"],
  purposes: ["TREAT"],
  actions: ["access"],
  until: "until-revoked",
});
await curl(laboratory);

console.log("Not granted, not there, and nobody: all look alike\n");
await curl(allergy);
await curl("Observation/nothing-is-here");
await curl(laboratory, "nobody");

console.log("The patient withdraws\n");
await patient.consentry.consents.revoke({ grantee: clinic.address });
await curl(laboratory);

console.log("What the patient can see of it, on the chain\n");
for (const entry of await patient.consentry.audit.history({ patient: patient.address })) {
  console.log(`  the clinic asked for ${entry.categories.join(", ")} to ${entry.purpose}: ${entry.decision}`);
}

server.close();
await testbed.close();
