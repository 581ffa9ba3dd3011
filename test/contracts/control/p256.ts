import { createECDH } from "node:crypto";
import { concat, dataSlice, getBytes, hexlify, keccak256, toBeHex } from "ethers";

/** ECDSA on P-256 for tests: not in constant time, and every key always signs a digest alike. */

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export interface P256Signature {
  r: string;
  s: string;
}

export class P256Key {
  /** x and y. */
  readonly publicKey: string;

  constructor(readonly secret: string) {
    this.publicKey = pointOf(BigInt(secret));
  }

  /** With s in the lower half of the order, as OpenZeppelin's verifier wants it. */
  sign(digest: string): P256Signature {
    const k = BigInt(keccak256(concat([this.secret, digest]))) % ORDER;
    const r = BigInt(dataSlice(pointOf(k), 0, 32)) % ORDER;
    const s = mod((BigInt(digest) + r * BigInt(this.secret)) * inverse(k));
    return { r: toBeHex(r, 32), s: toBeHex(s > ORDER / 2n ? ORDER - s : s, 32) };
  }
}

/** The other signature under the same digest. */
export function highS({ r, s }: P256Signature): P256Signature {
  return { r, s: toBeHex(ORDER - BigInt(s), 32) };
}

/** The multiple of the curve's base point: x and y. */
function pointOf(factor: bigint): string {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(getBytes(toBeHex(factor, 32)));
  return hexlify(curve.getPublicKey().subarray(1));
}

function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, mod(value), ORDER - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}

function mod(value: bigint): bigint {
  return value % ORDER;
}
