import { InvalidAddressError } from "@consentry/sdk";
import { expect } from "chai";
import { expectError } from "../setup.js";
import { controlled, handOver } from "./world.js";

describe("patients.get", () => {
  it("an address of which nothing is known controls itself", async () => {
    const { patient, heirAddress } = await controlled();
    expect(await patient.patients.get(heirAddress.toLowerCase())).to.deep.equal({
      patient: heirAddress,
      controller: heirAddress,
      controlSince: undefined,
      voidBefore: undefined,
      exclusions: [],
      guardians: undefined,
      recovery: undefined,
    });
  });

  it("tells since when everything before is void, by a transfer and by revokeAll", async () => {
    const world = await controlled();
    const { patient, address, heirAddress } = world;
    const { events } = await patient.consents.revokeAll();
    const [transfer] = await handOver(world);
    expect(await patient.patients.get(address)).to.deep.include({
      controller: heirAddress,
      controlSince: (transfer as { controlSince: Date }).controlSince,
      voidBefore: events[0]?.voidBefore,
    });
  });

  it("refuses what is no address", async () => {
    const { patient } = await controlled();
    for (const wrong of ["nobody", "0x", undefined, {}] as never[]) {
      await expectError(patient.patients.get(wrong), InvalidAddressError, { parameter: "patient" });
    }
  });
});
