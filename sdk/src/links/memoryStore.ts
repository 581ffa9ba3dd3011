import type { PatientLinkStore } from "./store.js";
import type { OpenChallenge, PatientIdentifier, PatientLink } from "./types.js";

/**
 * A {@link PatientLinkStore} in memory, for tests and trials: it forgets everything when the process ends.
 *
 * @example
 * import { MemoryPatientLinkStore, PatientLinks } from "@consentry/sdk/server";
 *
 * const store = new MemoryPatientLinkStore();
 * const links = new PatientLinks(consentry, { audience: "https://ehr.example", store });
 */
export class MemoryPatientLinkStore implements PatientLinkStore {
  readonly #challenges = new Map<string, OpenChallenge>();
  readonly #links = new Map<string, PatientLink>();

  /** Forgets challenges that are past their deadline, too. */
  open(challenge: OpenChallenge): Promise<void> {
    for (const [nonce, { message }] of this.#challenges) {
      if (Number(message.deadline) * 1000 + 999 < Date.now()) this.#challenges.delete(nonce);
    }
    this.#challenges.set(challenge.message.nonce, structuredClone(challenge));
    return Promise.resolve();
  }

  take(nonce: string): Promise<OpenChallenge | undefined> {
    const challenge = this.#challenges.get(nonce);
    this.#challenges.delete(nonce);
    return Promise.resolve(challenge);
  }

  add(link: PatientLink): Promise<boolean> {
    const key = keyOf(link.identifier);
    const isFree = !this.#links.has(key);
    if (isFree) this.#links.set(key, structuredClone(link));
    return Promise.resolve(isFree);
  }

  find(identifier: PatientIdentifier): Promise<PatientLink | undefined> {
    return Promise.resolve(structuredClone(this.#links.get(keyOf(identifier))));
  }

  remove(identifier: PatientIdentifier, patient: string): Promise<boolean> {
    const key = keyOf(identifier);
    return Promise.resolve(this.#links.get(key)?.patient === patient && this.#links.delete(key));
  }
}

function keyOf({ system, value }: PatientIdentifier): string {
  return JSON.stringify([system, value]);
}
