import { InvalidParameterError, newRecordId } from "@consentry/sdk";
import { documentReferenceOf, labelsOf } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { fixtures } from "../../setup.js";
import { problemsOf } from "../validate.js";

describe("documentReferenceOf", () => {
  it("describes a record, and leads to its id", async () => {
    const { as, signers, record } = await fixtures.recorded();
    await as.clinic.records.addLabels({ record, categories: ["PSY", "RESTRICTED"] });
    const pointer = await as.clinic.records.get(record);
    const reference = documentReferenceOf(pointer, { chainId: 31337 });
    expect(problemsOf(reference)).to.deep.equal([]);
    expect(labelsOf(reference).categories).to.have.members(["LABS", "RESTRICTED", "PSY"]);
    expect(reference.masterIdentifier!.value).to.equal(`urn:x-consentry:record:${record}`);
    expect(reference.content[0]!.attachment).to.deep.equal({
      url: `urn:x-consentry:record:${record}`,
      title: "Version 1",
    });
    expect(reference.identifier![0]!.value).to.equal(pointer.contentHash);
    expect(reference.subject!.identifier!.value).to.equal(
      `did:pkh:eip155:31337:${signers.patient.address.toLowerCase()}`,
    );
    expect(reference.custodian!.identifier!.value).to.equal(
      `did:pkh:eip155:31337:${signers.clinic.address.toLowerCase()}`,
    );
  });

  it("refuses a record that is unknown", async () => {
    const { as, signers } = await fixtures.accredited();
    const pointer = await as.clinic.records.get(newRecordId(signers.clinic.address));
    expect(() => documentReferenceOf(pointer, { chainId: 31337 })).to.throw(InvalidParameterError);
  });
});
