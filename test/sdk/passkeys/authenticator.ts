import type { Authenticators } from "@consentry/sdk";
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

interface Creation {
  publicKey: { rp: { id: string }; pubKeyCredParams: { alg: number }[]; authenticatorSelection: object };
}

interface Request {
  publicKey: {
    challenge: Uint8Array;
    rpId: string;
    allowCredentials: { id: Uint8Array }[];
    userVerification: string;
  };
}

/** What an authenticator and its browser may do differently. */
export interface Manner {
  /** Of the key that it makes: ES256 is -7. */
  algorithm?: number;
  curve?: string;
  /** Bits of the flags: the user is present, and was verified. */
  flags?: number;
  /** Changes the signature. */
  seal?: (der: Buffer) => Buffer;
}

/** An authenticator in software that makes real P-256 keys and signs as WebAuthn says. */
export class SoftwareAuthenticator implements Authenticators {
  readonly #keys = new Map<string, KeyObject>();
  readonly #manner: Required<Manner>;

  constructor(manner: Manner = {}) {
    this.#manner = { algorithm: -7, curve: "prime256v1", flags: 0x05, seal: (der) => der, ...manner };
  }

  create(options: object): Promise<unknown> {
    const { rp, pubKeyCredParams } = (options as Creation).publicKey;
    if (!pubKeyCredParams.some(({ alg }) => alg === -7)) return Promise.reject(new TypeError("no algorithm"));
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: this.#manner.curve });
    const id = randomBytes(16);
    this.#keys.set(`${rp.id} ${id.toString("hex")}`, privateKey);
    const spki = publicKey.export({ type: "spki", format: "der" });
    return Promise.resolve({
      rawId: bufferOf(id),
      response: { getPublicKey: () => bufferOf(spki), getPublicKeyAlgorithm: () => this.#manner.algorithm },
    });
  }

  get(options: object): Promise<unknown> {
    const { challenge, rpId, allowCredentials } = (options as Request).publicKey;
    const [credential] = allowCredentials;
    const key = this.#keys.get(`${rpId} ${Buffer.from(credential?.id ?? []).toString("hex")}`);
    if (key === undefined) return Promise.reject(Object.assign(new Error("refused"), { name: "NotAllowedError" }));
    const said = {
      type: "webauthn.get",
      challenge: Buffer.from(challenge).toString("base64url"),
      origin: `https://${rpId}`,
      crossOrigin: false,
    };
    const clientDataJSON = Buffer.from(JSON.stringify(said));
    const counter = Buffer.alloc(4);
    const authenticatorData = Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([this.#manner.flags]), counter]);
    const signature = this.#manner.seal(
      sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), key),
    );
    return Promise.resolve({
      response: {
        authenticatorData: bufferOf(authenticatorData),
        clientDataJSON: bufferOf(clientDataJSON),
        signature: bufferOf(signature),
      },
    });
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
