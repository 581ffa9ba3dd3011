import {
  allActions,
  allCategories,
  allPurposes,
  describeScope,
  renderStatement,
  verifyStatement,
} from "@consentry/sdk";
import { de } from "@consentry/sdk/texts";
import { expect } from "chai";
import { id } from "ethers";
import { fixtures, LABS } from "../setup.js";

describe("statements in German", () => {
  it("never change what was signed: a changed text takes another version", () => {
    expect(de.id).to.equal("de/1");
    expect(id(JSON.stringify(de))).to.equal("0x71bce394ca0680a444112454d21fa2100c00138c9d7d04478b91f6fccefa6dd9");
  });

  it("have a name for everything, and no name twice", () => {
    for (const names of [de.categories, de.purposes, de.actions]) {
      expect(new Set(Object.values(names)).size).to.equal(Object.keys(names).length);
    }
    const all = {
      categories: allCategories(),
      purposes: allPurposes().filter((name) => name !== "BTG"),
      actions: allActions(),
    };
    const patient = `0x${"11".repeat(20)}`;
    const terms = { ...all, from: undefined, until: "until-revoked", conditional: false } as const;
    const grant = { grantee: `0x${"22".repeat(20)}`, scope: describeScope(`0x01${"0".repeat(62)}`), terms };
    const text = renderStatement({ patient, grants: [grant], issuedAt: new Date(0) }, de);
    for (const name of allCategories()) expect(text).to.include(de.categories[name]);
  });

  it("are signed, delivered and proved", async () => {
    const { as, signers } = await fixtures.accredited();
    const signed = await as.patient.consents.grant.sign({ ...LABS, grantee: signers.clinic.address, locale: de });
    const { message } = signed;
    expect(message.statement).to.include("Ich erlaube").and.to.include("Laborwerte").and.to.include("[Consentry de/1]");
    const { events } = await as.relayer.relay.submit(signed);
    const [event] = events;
    if (event?.type !== "ConsentGranted") throw new Error("Nothing was granted.");
    const { patient, grantee, scope, terms } = event;
    const statement = { patient, grants: [{ grantee, scope, terms }], issuedAt: BigInt(message.issuedAt) };
    expect(verifyStatement(message.statement, statement, [de])).to.equal(true);
    expect(verifyStatement(message.statement.replace("Laborwerte", "Allergien"), statement, [de])).to.equal(false);
  });
});
