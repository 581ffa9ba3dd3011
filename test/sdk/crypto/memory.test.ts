import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";

const MIB = 2 ** 20;
const LENGTH = 256 * MIB;

/** Encrypts and decrypts on the fly what does not fit into the heap, and tells how much memory it took at most. */
const PROGRAM = `
import { contentHasher, decryptRecord, encryptRecord, newContentKey } from "@consentry/sdk/crypto";
import { newRecordId, newSalt } from "@consentry/sdk";

const [compress, piece] = process.argv.slice(1).map(Number);
const key = newContentKey({ record: newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), version: 1 });
let most = 0;
async function* content() {
  for (let at = 0; at < ${LENGTH}; at += piece) {
    yield new Uint8Array(piece).fill(at % 251);
    await new Promise(setImmediate);
  }
}
const sealed = encryptRecord({ content: content(), salt: newSalt(), key, compress: compress === 1 });
const decrypted = await decryptRecord({ sealed, key });
let length = 0;
for await (const part of decrypted.content) {
  length += part.length;
  const { rss } = process.memoryUsage();
  most = Math.max(most, rss);
}
console.log(JSON.stringify({ length, most }));
`;

describe("a record that is larger than the memory", function () {
  this.timeout(300_000);

  for (const [name, compress] of [
    ["as it is", "0"],
    ["compressed", "1"],
  ] as const) {
    it(`is encrypted and decrypted ${name}, in little of it`, async () => {
      const options = ["--max-old-space-size=32", "--input-type=module", "--eval", PROGRAM, compress, String(MIB)];
      const { stdout } = await promisify(execFile)(process.execPath, options);
      const { length, most } = JSON.parse(stdout) as { length: number; most: number };
      expect(length).to.equal(LENGTH);
      expect(most).to.be.below(LENGTH / 1.2);
    });
  }
});
