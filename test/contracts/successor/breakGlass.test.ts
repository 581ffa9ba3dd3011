import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ethers } from "../chain.js";
import { broken, BURST, type Emergencies, LABS, load, NOTES, REFILL, WINDOW } from "../emergency/setup.js";
import { nextBlockAt } from "../control/routes.js";
import { EMERGENCY } from "../words.js";

/** A registry and the one that comes after it; nothing is said in either. */
async function line() {
  const old = await load();
  const { consents, providers } = old;
  const successor = await ethers.deployContract("ConsentRegistrySuccessor", [
    consents,
    providers,
    WINDOW,
    BURST,
    REFILL,
  ]);
  const now = { ...old, consents: successor as unknown as Emergencies["consents"] };
  return { old, now, ...old.signers };
}

const revocation = (grantee: string, scope: string) => [{ grantee, scope }];

describe("break-glass in a registry that comes after another", () => {
  it("waits after the patient ended it there, though the provider has broken it here before", async () => {
    const { old, now, patient, clinic } = await line();
    await broken(now);
    const at = (await nextBlockAt()) + 2n * WINDOW;
    await broken(old, { at });
    await old.consents.connect(patient).revoke(patient, revocation(clinic.address, EMERGENCY));
    await expect(broken(old)).to.be.revertedWithCustomError(old.consents, "EndedByPatient");
    await expect(broken(now)).to.be.revertedWithCustomError(now.consents, "EndedByPatient");
  });

  it("keeps the end of what is open there, though the provider has broken it here before", async () => {
    const { old, now, patient, clinic } = await line();
    await broken(now);
    const at = (await nextBlockAt()) + 2n * WINDOW;
    await broken(old, { at });
    await broken(now, { at: at + WINDOW - 1n, categories: NOTES });
    const terms = await now.consents.termsOf(patient, clinic, EMERGENCY);
    expect((terms >> 152n) & ((1n << 48n) - 1n)).to.equal(at + WINDOW);
  });

  it("never opens what was excluded when control was settled here, whatever a former key says there", async () => {
    const { old, now, patient } = await line();
    await old.consents.connect(patient).setExclusions(patient, LABS);
    await now.consents.connect(patient).setGuardians(patient, ZeroHash, 0);
    // Control passes here, because the patient's key was stolen: there, the key still controls.
    await old.consents.connect(patient).setExclusions(patient, 0);
    await expect(broken(now)).to.be.revertedWithCustomError(now.consents, "ExcludedFromBreakGlass");
  });
});
