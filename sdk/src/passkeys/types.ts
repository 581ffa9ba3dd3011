/** A passkey, as plain JSON: nothing in it is secret, the key stays in the authenticator. */
export interface Passkey {
  /** The credential's id, base64url. */
  credentialId: string;
  /** The coordinates x and y of the P-256 key: 0x and 128 hexadecimal digits. */
  publicKey: string;
  /** The domain that it belongs to. */
  rpId: string;
}

/** As much of `navigator.credentials` (https://www.w3.org/TR/webauthn-3/) as passkeys need. */
export interface Authenticators {
  create(options: object): Promise<unknown>;
  get(options: object): Promise<unknown>;
}

/** What an authenticator answers when it makes a key. */
export interface Attestation {
  rawId: ArrayBuffer;
  response: { getPublicKey(): ArrayBuffer | null; getPublicKeyAlgorithm(): number };
}

/** What an authenticator answers when it signs. */
export interface Assertion {
  response: { authenticatorData: ArrayBuffer; clientDataJSON: ArrayBuffer; signature: ArrayBuffer };
}
