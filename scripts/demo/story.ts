import { MemoryDocumentStore } from "@consentry/sdk/fhir";
import type { NetworkConnection } from "hardhat/types/network";
import { assemble } from "./cast.js";
import { accredit } from "./chapters/accredit.js";
import { audit } from "./chapters/audit.js";
import { collect, consentToCollect, lookIntoFiles } from "./chapters/collect.js";
import { erase } from "./chapters/erase.js";
import { hide } from "./chapters/hide.js";
import { refuseInsurer } from "./chapters/outsider.js";
import { readAll } from "./chapters/read.js";
import { rekey } from "./chapters/rekey.js";
import { consentToResearch } from "./chapters/research.js";
import { share } from "./chapters/share.js";
import { tamper } from "./chapters/tamper.js";
import { consentToRead } from "./chapters/treatment.js";
import { readInWard } from "./chapters/ward.js";
import { withdraw } from "./chapters/withdraw.js";
import type { Narrator } from "./narrator.js";
import type { Scene } from "./scene.js";

/** Plays every step of the story on a fresh chain, with the hospital's files in `folder`. */
export async function tell(narrator: Narrator, connection: NetworkConnection, folder: string): Promise<void> {
  const step = narrator.step.bind(narrator);
  const cast = await step("The contracts are deployed", () => assemble(connection));
  narrator.say(`Deployed by an account that keeps no right at all; ${cast.consortium.name.toLowerCase()} governs.`);
  const scene: Scene = { narrator, cast, folder, documents: new MemoryDocumentStore(), asked: [] };
  await step("The consortium accredits three providers", () => accredit(scene));
  await step("The patient lets the hospital collect", () => consentToCollect(scene));
  const archive = await step("The hospital keeps the summary", () => collect(scene));
  await step("Somebody looks into the hospital's files", () => lookIntoFiles(scene, archive));
  const journal = await step("The hospital's ward reads, and anchors its log", () => readInWard(scene));
  await step("The patient signs a FHIR Consent for the clinic", () => consentToRead(scene));
  await step("The hospital wraps keys for the clinic", () => share(scene, archive));
  const readings = await step("The clinic reads what it may", () => readAll(scene, archive));
  await step("The insurer is refused everything", () => refuseInsurer(scene, archive, readings));
  await step("The patient consents to research, conditionally", () => consentToResearch(scene, archive));
  await step("The patient hides one record", () => hide(scene, archive, readings));
  await step("The patient withdraws from the clinic", () => withdraw(scene, archive, readings));
  await step("The hospital changes the keys", () => rekey(scene, archive, readings));
  await step("Somebody tampers with the hospital's files", () => tamper(scene, archive, readings));
  const erased = await step("The patient has a record erased", () => erase(scene, archive));
  await step("The audit trail tells it all", () => audit(scene, erased, journal));
}
