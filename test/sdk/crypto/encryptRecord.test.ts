import { contentHash, InvalidParameterError, newRecordId, newSalt } from "@consentry/sdk";
import {
  bytesOf,
  ContentHashMismatchError,
  contentHasher,
  ContentTooLongError,
  decryptRecord,
  encryptRecord,
  importContentKey,
  newContentKey,
  SealedFormatError,
  SealedRecordAlteredError,
  SealedRecordTruncatedError,
  UnsupportedAlgorithmError,
  WrongKeyError,
} from "@consentry/sdk/crypto";
import { expect } from "chai";
import { hexlify } from "ethers";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { gcmOf as gcmOfWeb } from "../../../sdk/dist/crypto/gcm.js";
import { sealFrames } from "../../../sdk/dist/crypto/frames.js";
import { frameKey } from "../../../sdk/dist/crypto/contentKey.js";
import { gcmOf as gcmOfNode } from "../../../sdk/dist/node/gcm.js";
import { expectError } from "../setup.js";
import {
  bytesLike,
  CUSTODIAN,
  flipped,
  FRAME,
  framesOf,
  HEADER,
  newKey,
  open,
  SALT,
  seal,
  TAG,
  together,
} from "./sealed.js";

async function* pieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield await Promise.resolve(content.slice(at, at + size));
}

describe("encryptRecord and decryptRecord", function () {
  this.timeout(60_000);

  const key = newKey();

  describe("give back what was encrypted", () => {
    const borders = [FRAME, 2 * FRAME].flatMap((border) =>
      [-1, 0, 1].flatMap((by) => [border + by, border + by - SALT]),
    );
    for (const length of [0, 1, 31, 32, 33, ...borders, 300_000]) {
      it(`of ${length} bytes`, async () => {
        const content = bytesLike(length);
        const salt = newSalt();
        for (const compress of [true, false]) {
          const sealed = await bytesOf(encryptRecord({ content, salt, key, compress }));
          const decrypted = await decryptRecord({ sealed, key, contentHash: contentHash(content, salt) });
          expect(decrypted.salt).to.equal(salt);
          expect(Buffer.compare(await bytesOf(decrypted.content), content)).to.equal(0);
          const frames = Math.ceil((SALT + length) / FRAME);
          if (!compress) expect(sealed.length).to.equal(HEADER + SALT + length + frames * TAG);
        }
      });
    }

    it("in whatever pieces it is given and read", async () => {
      const content = bytesLike(200_000);
      for (const size of [1_000, 7_919, FRAME, FRAME + TAG, 150_000]) {
        const sealed = await seal(pieces(content, size), key);
        expect(Buffer.compare(await open(pieces(sealed, size), key), content)).to.equal(0);
      }
      const little = bytesLike(300);
      expect(await open(pieces(await seal(pieces(little, 1), key), 1), key)).to.deep.equal(little);
    });

    it("given as a text or a stream", async () => {
      expect(await open(await seal("Grüße", key), key)).to.deep.equal(new TextEncoder().encode("Grüße"));
      const stream = new Response("streamed").body!;
      expect(new TextDecoder().decode(await open(await seal(stream, key), key))).to.equal("streamed");
    });
  });

  it("compresses unless told not to", async () => {
    const content = "a".repeat(100_000);
    expect(await bytesOf(encryptRecord({ content, salt: newSalt(), key }))).to.have.length.below(1_000);
    expect(await seal(content, key)).to.have.length.above(100_000);
  });

  it("encrypts the same content to other bytes each time", async () => {
    const salt = newSalt();
    const [one, other] = await Promise.all([seal("same", key, salt), seal("same", key, salt)]);
    expect(hexlify(one.subarray(HEADER))).to.not.equal(hexlify(other.subarray(HEADER)));
    expect(Buffer.from(one).includes(Buffer.from("same"))).to.equal(false);
  });

  describe("refuse", () => {
    const content = bytesLike(3 * FRAME - SALT + 100);
    let sealed: Uint8Array;

    before(async () => (sealed = await seal(content, key)));

    it("each bit of the header that was changed", async () => {
      const short = await seal("short", key);
      const types = {
        17: SealedFormatError,
        20: UnsupportedAlgorithmError,
        88: WrongKeyError,
        120: SealedRecordAlteredError,
      };
      for (let at = 0; at < HEADER; at++) {
        const [, type] = Object.entries(types).find(([end]) => at < Number(end))!;
        for (let bit = 0; bit < 8; bit++) {
          // Not compressed, but said to be so: another header, so another key.
          const isOtherKind = at === 19 && bit === 0;
          await expectError(open(flipped(short, at, bit), key), isOtherKind ? SealedRecordAlteredError : type);
        }
      }
    });

    it("a changed byte anywhere in a frame, and release nothing of it or after it", async () => {
      const [size, count] = [FRAME + TAG, framesOf(sealed).length];
      expect(count).to.equal(4);
      for (const frame of [0, 1, 2, 3]) {
        const end = Math.min(HEADER + (frame + 1) * size, sealed.length);
        for (const at of [HEADER + frame * size, HEADER + frame * size + 50, end - TAG, end - 1]) {
          const { released, error } = await releasedOf(flipped(sealed, at, 7));
          expect(error).to.be.instanceOf(SealedRecordAlteredError).with.property("frame", frame);
          expect(Buffer.compare(released, content.subarray(0, Math.max(0, frame * FRAME - SALT)))).to.equal(0);
        }
      }
    });

    it("what is cut off: within the header, at every border of a frame, one byte off it, within a frame", async () => {
      for (const length of [0, 1, HEADER - 1]) await expectError(open(sealed.slice(0, length), key), SealedFormatError);
      for (const frame of [0, 1, 2, 3]) {
        const border = HEADER + frame * (FRAME + TAG);
        await expectError(open(sealed.slice(0, border), key), SealedRecordTruncatedError);
        for (const beyond of [1, TAG]) {
          await expectError(open(sealed.slice(0, border + beyond), key), SealedRecordTruncatedError, { frame });
        }
        await expectError(open(sealed.slice(0, border + TAG + 1), key), SealedRecordAlteredError, { frame });
      }
      await expectError(open(sealed.slice(0, -1), key), SealedRecordAlteredError);
    });

    it("frames that were dropped, repeated, moved, added or taken from another encryption", async () => {
      const header = sealed.slice(0, HEADER);
      const frames = framesOf(sealed);
      const [a, b, c, last] = frames as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
      const other = framesOf(await seal(content, key));
      const orders = {
        "first dropped": [b, c, last],
        "one dropped": [a, c, last],
        "one repeated": [a, a, b, c, last],
        "last repeated": [a, b, c, last, last],
        "last but one repeated": [a, b, c, c, last],
        "two moved": [a, c, b, last],
        "last first": [last, a, b, c],
        "one of another": [a, other[1]!, c, last],
        "last of another": [a, b, c, other[3]!],
        "all of another": other,
        "zeros added": [a, b, c, last, new Uint8Array(TAG + 1)],
        "a byte added": [a, b, c, last, new Uint8Array(1)],
      };
      for (const [name, order] of Object.entries(orders)) {
        const error = await open(together(header, ...order), key).catch((e: unknown) => e);
        expect(error, name).to.satisfy(
          (e: unknown) => e instanceof SealedRecordAlteredError || e instanceof SealedRecordTruncatedError,
        );
      }
      await expectError(open(together(header, a, b, c), key), SealedRecordTruncatedError, { frame: 2 });
    });

    it("a frame of the full size that is said to be the last, or not to be", async () => {
      const exact = await seal(bytesLike(2 * FRAME - SALT), key);
      expect(framesOf(exact)).to.have.length(2);
      await expectError(open(exact.slice(0, HEADER + FRAME + TAG), key), SealedRecordTruncatedError, { frame: 0 });
      await expectError(open(together(exact, framesOf(exact)[1]!), key), SealedRecordAlteredError, { frame: 1 });
    });

    it("the key of another record, of another version, and another key of this one", async () => {
      const { record } = key;
      await expectError(open(sealed, newKey()), WrongKeyError, { field: "record" });
      await expectError(open(sealed, newKey(2, record)), WrongKeyError, { field: "version" });
      await expectError(open(sealed, newKey(1, record)), WrongKeyError, { field: "key" });
      const renamed = importContentKey({ record: newRecordId(CUSTODIAN), version: 1, bytes: key.export() });
      await expectError(open(sealed, renamed), WrongKeyError, { field: "record" });
      await open(sealed, importContentKey({ record, version: 1, bytes: hexlify(key.export()) }));
    });

    it("another header before the same frames, even with that header's own key", async () => {
      const other = newKey(1, key.record);
      const theirs = await seal(content, other);
      await expectError(open(together(theirs.slice(0, HEADER), ...framesOf(sealed)), other), SealedRecordAlteredError);
    });

    async function releasedOf(bytes: Uint8Array): Promise<{ released: Uint8Array; error: unknown }> {
      const parts: Uint8Array[] = [];
      try {
        const decrypted = await decryptRecord({ sealed: bytes, key });
        for await (const part of decrypted.content) parts.push(part);
      } catch (error) {
        return { released: together(...parts), error };
      }
      return { released: together(...parts), error: undefined };
    }
  });

  it("hold the last piece back until the hash is that of the chain", async () => {
    const content = bytesLike(200_000);
    const salt = newSalt();
    const sealed = await seal(content, key, salt);
    const wrong = contentHash(content, newSalt());
    const decrypted = await decryptRecord({ sealed, key, contentHash: wrong });
    let length = 0;
    const reading = (async () => {
      for await (const part of decrypted.content) length += part.length;
    })();
    const properties = { expected: wrong, actual: contentHash(content, salt) };
    await expectError(reading, ContentHashMismatchError, properties);
    expect(length).to.equal(3 * FRAME - SALT);
    const empty = await decryptRecord({ sealed: await seal("", key, salt), key, contentHash: wrong });
    await expectError(bytesOf(empty.content), ContentHashMismatchError);
  });

  it("stop at the most bytes that were allowed, however small they were compressed", async () => {
    const bomb = await bytesOf(encryptRecord({ content: zeros(300e6), salt: newSalt(), key }));
    expect(bomb).to.have.length.below(1e6);
    const { content } = await decryptRecord({ sealed: bomb, key, maxLength: 1e6 });
    let released = 0;
    const reading = (async () => {
      for await (const part of content) released += part.length;
    })();
    await expectError(reading, ContentTooLongError, { maxLength: 1e6 });
    expect(released).to.be.at.most(1e6);
    const whole = await decryptRecord({ sealed: bomb, key });
    await expectError(bytesOf(whole.content), ContentTooLongError, { maxLength: 2 ** 28 });
    const exact = await decryptRecord({ sealed: await seal(bytesLike(500), key), key, maxLength: 500 });
    expect(await bytesOf(exact.content, { maxLength: 500 })).to.have.length(500);
  });

  it("tell what was encrypted without salt, or can't be decompressed, from what was altered", async () => {
    const compressed = gzipSync(bytesLike(1_000));
    const contents = [bytesLike(SALT - 1), bytesLike(1_000)];
    for (const [isCompressed, plain] of [
      [0, contents[0]!],
      [1, contents[1]!],
      [1, compressed.subarray(0, -9)],
    ] as const) {
      await expectError(open(await forged(isCompressed, plain), key), SealedFormatError);
    }
  });

  it("fail with what the source fails with, and leave no source open", async () => {
    const failure = new Error("The disk is gone.");
    let closed = 0;
    async function* failing(fails: boolean): AsyncGenerator<Uint8Array> {
      try {
        for (let i = 0; i < 100; i++) yield await Promise.resolve(bytesLike(10_000));
        if (fails) throw failure;
      } finally {
        closed++;
      }
    }
    for (const compress of [true, false]) {
      const encrypt = (content: AsyncIterable<Uint8Array>) =>
        encryptRecord({ content, salt: newSalt(), key, compress });
      expect(await bytesOf(encrypt(failing(true))).catch((e: unknown) => e)).to.equal(failure);
      const reader = encrypt(failing(false)).getReader();
      await reader.read();
      await reader.read();
      await reader.cancel();
    }
    expect(closed).to.equal(4);
  });

  it("refuse what is no content, no salt, no key, or a misspelt option", async () => {
    const good = { content: "x", salt: newSalt(), key };
    const bad = [
      [{ ...good, salt: "0x12" }, "salt"],
      [{ ...good, key: { id: key.id } }, "key"],
      [{ ...good, compress: "false" }, "compress"],
      [{ ...good, compres: false }, "compres"],
    ] as const;
    for (const [params, parameter] of bad) {
      expect(() => encryptRecord(params as never))
        .to.throw(InvalidParameterError)
        .with.property("parameter", parameter);
    }
    for (const content of [7, null, {}, [1, 2]]) {
      const stream = encryptRecord({ ...good, content: content as never });
      await expectError(bytesOf(stream), InvalidParameterError, { parameter: "content" });
    }
    const sealed = await seal("x", key);
    await expectError(decryptRecord({ sealed, key: {} as never }), InvalidParameterError, { parameter: "key" });
    for (const contentHash of ["0x12", undefined as unknown as string]) {
      const decrypting = decryptRecord({ sealed, key, contentHash });
      await expectError(decrypting, InvalidParameterError, { parameter: "contentHash" });
    }
    const { content } = await decryptRecord({ sealed, key, maxLength: NaN });
    await expectError(bytesOf(content), InvalidParameterError, { parameter: "maxLength" });
  });

  /** What a custodian with a fault could have encrypted. */
  async function forged(isCompressed: 0 | 1, plain: Uint8Array): Promise<Uint8Array> {
    const header = (await seal("", key)).slice(0, HEADER);
    header[19] = isCompressed;
    const parts: Uint8Array[] = [];
    async function* once() {
      yield await Promise.resolve(Uint8Array.from(plain));
    }
    for await (const part of sealFrames(once(), frameKey(key, header, header.slice(88)))) parts.push(part);
    return together(header, ...parts);
  }
});

async function* zeros(length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += 1e6) yield await Promise.resolve(new Uint8Array(1e6));
}

describe("a content key", () => {
  it("has an id of its own for every key, record and version", () => {
    const record = newRecordId(CUSTODIAN);
    const bytes = newKey().export();
    const ids = [
      importContentKey({ record, version: 1, bytes }).id,
      importContentKey({ record, version: 2, bytes }).id,
      importContentKey({ record: newRecordId(CUSTODIAN), version: 1, bytes }).id,
      newContentKey({ record, version: 1 }).id,
    ];
    expect(new Set(ids).size).to.equal(4);
    expect(importContentKey({ record: record.toUpperCase().replace("0X", "0x"), version: 1, bytes }).id).to.equal(
      ids[0],
    );
  });

  it("does not show itself", () => {
    const key = newKey();
    const digits = hexlify(key.export()).slice(2);
    expect(JSON.stringify(key)).to.not.contain(digits);
    expect(inspect(key, { showHidden: true, depth: 9 })).to.not.contain(digits);
    key.export().fill(0);
    expect(hexlify(key.export()).slice(2)).to.equal(digits);
  });

  it("refuses a version that the chain can't have, and bytes that are no key", () => {
    const record = newRecordId(CUSTODIAN);
    for (const version of [0, -1, 1.5, 2 ** 24, NaN, "1" as unknown as number]) {
      expect(() => newContentKey({ record, version }))
        .to.throw(InvalidParameterError)
        .with.property("parameter", "version");
    }
    newContentKey({ record, version: 2 ** 24 - 1 });
    expect(() => importContentKey({ record, version: 1, bytes: "0x12" })).to.throw(InvalidParameterError);
  });
});

describe("AES-GCM of Node and of Web Crypto", () => {
  it("is the same", async () => {
    const [secret, nonce, plain] = [bytesLike(32), bytesLike(12), bytesLike(1_000)] as Uint8Array<ArrayBuffer>[];
    const ways = await Promise.all([gcmOfNode(secret!), gcmOfWeb(secret!)]);
    for (const [one, other] of [ways, ways.toReversed()] as const) {
      const sealed = together(...(await one.seal(nonce!, plain!))) as Uint8Array<ArrayBuffer>;
      expect(sealed).to.have.length(1_016);
      expect(hexlify((await other.open(nonce!, sealed))!)).to.equal(hexlify(plain!));
      expect(await other.open(nonce!, flipped(sealed, 999) as Uint8Array<ArrayBuffer>)).to.equal(undefined);
    }
  });
});

describe("contentHasher", () => {
  it("hashes pieces to what contentHash gives for the whole", () => {
    const salt = newSalt();
    for (const length of [0, 1, 135, 136, 137, 100_000]) {
      const content = bytesLike(length);
      const hasher = contentHasher(salt);
      for (let at = 0; at < length; at += 97) hasher.update(content.subarray(at, at + 97));
      expect(hasher.digest()).to.equal(contentHash(content, salt));
    }
  });
});
