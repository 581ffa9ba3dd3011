import type { RealBundle } from "../../../../sdk/fhir/records.js";
import { anchor, ask, emergency } from "./accesses.js";
import { consent, link, narrow, withdraw } from "./consents.js";
import { control } from "./control.js";
import { keepDirectory } from "./directory.js";
import { read } from "./reading.js";
import { collect } from "./records.js";
import { type Stage, stageOf } from "./stage.js";

export type { Stage } from "./stage.js";

/** Plays all that can happen to a patient with this record. */
export async function play(bundle: RealBundle): Promise<Stage> {
  const stage = await stageOf(bundle);
  await keepDirectory(stage);
  await link(stage);
  await consent(stage);
  await narrow(stage);
  const records = await collect(stage);
  await stage.patient.consents.revoke({ record: records[0]! });
  await ask(stage, records);
  await emergency(stage);
  await anchor(stage);
  await withdraw(stage);
  await control(stage);
  await read(stage, records);
  return stage;
}
