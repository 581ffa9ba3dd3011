import type { Octets } from "./octets.js";

/** AES-256-GCM with one key. */
export interface Gcm {
  /** The ciphertext, and the tag of 16 bytes behind it, in one or more parts. */
  seal(nonce: Octets, plain: Octets): Promise<Octets[]>;
  /** What was sealed; undefined if it was not sealed so. */
  open(nonce: Octets, sealed: Octets): Promise<Octets | undefined>;
}

/** AES-256-GCM of Web Crypto. Node takes `node/gcm.ts` in its place, see `imports` of package.json. */
export async function gcmOf(secret: Octets): Promise<Gcm> {
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    async seal(iv, plain) {
      return [new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain))];
    },
    async open(iv, sealed) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
      } catch {
        return undefined;
      }
    },
  };
}
