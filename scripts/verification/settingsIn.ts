import { emergencyIn } from "../deployment/line.js";
import type { DeploymentRecord } from "../deployment/records.js";
import type { Settings } from "../deployment/settings.js";

/** What a recorded deployment was made with. */
export function settingsIn(record: DeploymentRecord): Settings {
  return { ...record.governance, emergency: emergencyIn(record) };
}
