import { newRecordId, newSalt } from "@consentry/sdk";
import { encryptRecord, newContentKey } from "@consentry/sdk/crypto";
import { interleaved } from "../sdk/interleaved.js";

const LENGTH = 10_000_000;
/** Ours is compiled while it runs, the platform's is not. */
const WARM_UP = 20;
const CUSTODIAN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** How many times as long as the platform's AES-GCM the SDK takes for 10 MB, without compression and hashing. */
export async function encryptOverhead(): Promise<number> {
  const content = randomBytes(LENGTH);
  const contentKey = newContentKey({ record: newRecordId(CUSTODIAN), version: 1 });
  const salt = newSalt();
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const encrypt = () => drain(encryptRecord({ content, salt, key: contentKey, compress: false }));
  for (let i = 0; i < WARM_UP; i++) await encrypt();
  const { ours, theirs } = await interleaved(encrypt, () =>
    crypto.subtle.encrypt({ name: "AES-GCM", iv: randomBytes(12) }, key, content),
  );
  return ours / theirs;
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<void> {
  let length = 0;
  for await (const piece of stream) length += piece.length;
  if (length <= LENGTH) throw new Error("Not everything was encrypted.");
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  // Web Crypto gives at most 64 KiB at once.
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}
