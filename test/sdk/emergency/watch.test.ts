import { InvalidAddressError, InvalidParameterError } from "@consentry/sdk";
import { expect } from "chai";
import { endingSignals, watching } from "../logs/watching.js";
import { networkHelpers } from "../setup.js";
import { equipped, REASON } from "./world.js";

describe("emergency.watch", () => {
  const endingSignal = endingSignals();
  const options = () => ({ interval: 5, signal: endingSignal() });

  it("tells each break-glass once, as history does, and nothing else", async () => {
    const { as, emergency, breakGlass, clinic } = await equipped();
    const { told, until } = watching(emergency.patient.watch({}, options()));
    await breakGlass("LABS");
    await as.patient.consents.revoke({ grantee: clinic });
    await breakGlass("ALLERGIES");
    await until(2);
    const entries = await emergency.patient.history();
    expect(told).to.have.length(2);
    for (const [i, { removed, ...event }] of told.entries()) {
      expect(removed).to.be.false;
      expect(entries[i]).to.deep.include(event);
    }
  });

  it("of a patient and to a provider, from a block on", async () => {
    const { emergency, signers, breakGlass, patient, clinic } = await equipped();
    const other = signers.otherPatient.address;
    const { subject, blockNumber } = await breakGlass("LABS");
    await emergency.clinic.breakGlass({ patient: other, categories: ["LABS"], reason: REASON });
    const ofPatient = watching(
      emergency.patient.watch({ patient, grantee: clinic, fromBlock: blockNumber }, options()),
    );
    const ofOther = watching(emergency.patient.watch({ patient: other, fromBlock: blockNumber }, options()));
    await Promise.all([ofPatient.until(1), ofOther.until(1)]);
    expect(ofPatient.told.map((event) => event.subject)).to.deep.equal([subject]);
    expect(ofOther.told.map((event) => event.patient)).to.deep.equal([other]);
  });

  it("takes back what a reorganisation took", async () => {
    const { emergency, breakGlass } = await equipped();
    const { told, standing, until } = watching(emergency.patient.watch({}, options()));
    const snapshot = await networkHelpers.takeSnapshot();
    const { subject } = await breakGlass("LABS");
    await until(1);
    await snapshot.restore();
    await networkHelpers.mine(2);
    await until(2);
    expect(told.map((event) => [event.subject, event.removed])).to.deep.equal([
      [subject, false],
      [subject, true],
    ]);
    expect(standing()).to.deep.equal([]);
  });

  it("refuses at once what is no address, and what is misspelt", async () => {
    const { emergency } = await equipped();
    expect(() => emergency.patient.watch({ patient: "x" })).to.throw(InvalidAddressError);
    expect(() => emergency.patient.watch({ fromBlock: -1 })).to.throw(InvalidParameterError);
    expect(() => emergency.patient.watch({ provider: "x" } as object)).to.throw(InvalidParameterError);
  });
});
