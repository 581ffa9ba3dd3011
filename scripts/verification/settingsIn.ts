import type { DeploymentRecord } from "../deployment/records.js";
import type { Settings } from "../deployment/settings.js";

/** What a recorded deployment was made with. */
export function settingsIn({ governance, contracts }: DeploymentRecord): Settings {
  const [, window, burst, refill] = (contracts.ConsentRegistry.arguments ?? []).map(Number);
  return { ...governance, emergency: { window: window ?? 0, burst: burst ?? 0, refill: refill ?? 0 } };
}
