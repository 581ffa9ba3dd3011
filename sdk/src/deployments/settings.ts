import type { Governance } from "./governance.js";

const HOUR = 3600;

/** Break-glass, as the constructor of the ConsentRegistry is told. */
export interface EmergencySettings {
  /** How long it opens, in seconds. */
  window: number;
  /** How often one provider may. */
  burst: number;
  /** In what time that is given back, in seconds. */
  refill: number;
}

/** What a deployment is made with, beside the key that pays for it. */
export interface Settings extends Governance {
  emergency: EmergencySettings;
}

/** What a deployment says about break-glass unless it is told otherwise. */
export const EMERGENCY: EmergencySettings = { window: 4 * HOUR, burst: 20, refill: 24 * HOUR };

/** Of a chain to try things on: the consortium reviews, and nothing waits. */
export function settingsToTry(consortium: string): Settings {
  return { consortium, reviewers: [consortium], directoryDelay: 0, adminDelay: 0, emergency: EMERGENCY };
}
