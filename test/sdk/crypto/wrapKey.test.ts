import {
  ANY_PROVIDER,
  InvalidAddressError,
  InvalidParameterError,
  InvalidRecordIdError,
  newRecordId,
} from "@consentry/sdk";
import {
  exportEncryptionKeyPair,
  importEncryptionKeyPair,
  InvalidEncryptionKeyError,
  InvalidWrapError,
  type KeyWrap,
  newEncryptionKeyPair,
  parseWrap,
  UnsupportedAlgorithmError,
  unwrapKey,
  UnwrapError,
  WrapMismatchError,
  wrapKey,
} from "@consentry/sdk/crypto";
import { expect } from "chai";
import { hexlify } from "ethers";
import { expectError } from "../setup.js";
import { CUSTODIAN, newKey } from "./sealed.js";

const CLINIC = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const OTHER = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

describe("wrapKey and unwrapKey", () => {
  const key = newKey(3);
  const { record, version } = key;
  let keyPair: Awaited<ReturnType<typeof newEncryptionKeyPair>>;
  let wrap: KeyWrap;
  const asked = () => ({ wrap, keyPair, grantee: CLINIC, record, version });

  before(async () => {
    keyPair = await newEncryptionKeyPair();
    wrap = await wrapKey({ key, grantee: CLINIC, publicKey: keyPair.publicKey });
  });

  it("give the grantee the key, also by JSON", async () => {
    for (const each of [wrap, JSON.stringify(wrap), JSON.parse(JSON.stringify(wrap)) as KeyWrap]) {
      const opened = await unwrapKey({ ...asked(), wrap: each });
      expect(hexlify(opened.export())).to.equal(hexlify(key.export()));
      expect([opened.record, opened.version, opened.id]).to.deep.equal([record, version, key.id]);
    }
    await unwrapKey({ ...asked(), grantee: CLINIC.toLowerCase(), record: record.toUpperCase().replace("0X", "0x") });
  });

  it("make another wrap each time", async () => {
    const again = await wrapKey({ key, grantee: CLINIC, publicKey: keyPair.publicKey });
    expect(again.encapsulated).to.not.equal(wrap.encapsulated);
    expect(again.ciphertext).to.not.equal(wrap.ciphertext);
    expect(JSON.stringify(again)).to.not.contain(hexlify(key.export()).slice(2));
  });

  it("refuse a wrap of another record, version, grantee or key pair than asked for", async () => {
    const theirs = await newEncryptionKeyPair();
    const refused = [
      [{ record: newRecordId(CUSTODIAN) }, "record"],
      [{ version: 2 }, "version"],
      [{ grantee: OTHER }, "grantee"],
      [{ keyPair: theirs }, "publicKey"],
    ] as const;
    for (const [change, field] of refused)
      await expectError(unwrapKey({ ...asked(), ...change }), WrapMismatchError, { field });
  });

  it("refuse a wrap that was relabelled to be what was asked for", async () => {
    const theirs = await newEncryptionKeyPair();
    const other = newKey(4);
    const changes: [Partial<KeyWrap>, object][] = [
      [{ record: other.record }, { record: other.record }],
      [{ version: 4 }, { version: 4 }],
      [{ grantee: OTHER }, { grantee: OTHER }],
      [{ publicKey: theirs.publicKey }, { keyPair: theirs }],
      [{ key: other.id }, {}],
    ];
    for (const [change, asking] of changes) {
      await expectError(unwrapKey({ ...asked(), ...asking, wrap: { ...wrap, ...change } }), UnwrapError);
    }
  });

  it("refuse a wrap with the parts of another, and every changed byte", async () => {
    const others = [
      await wrapKey({ key: newKey(3), grantee: CLINIC, publicKey: keyPair.publicKey }),
      await wrapKey({ key, grantee: OTHER, publicKey: keyPair.publicKey }),
      await wrapKey({ key, grantee: CLINIC, publicKey: keyPair.publicKey }),
    ];
    for (const { encapsulated, ciphertext } of others) {
      await expectError(unwrapKey({ ...asked(), wrap: { ...wrap, encapsulated } }), UnwrapError);
      await expectError(unwrapKey({ ...asked(), wrap: { ...wrap, ciphertext } }), UnwrapError);
    }
    const [{ encapsulated, ciphertext }] = others as [KeyWrap, KeyWrap, KeyWrap];
    await expectError(unwrapKey({ ...asked(), wrap: { ...wrap, encapsulated, ciphertext } }), UnwrapError);
    for (let at = 2; at < 98; at += 2) {
      const changed = (digits: string) => digits.slice(0, at) + (digits[at] === "0" ? "1" : "0") + digits.slice(at + 1);
      await expectError(
        unwrapKey({ ...asked(), wrap: { ...wrap, ciphertext: changed(wrap.ciphertext) } }),
        UnwrapError,
      );
      if (at >= 66) continue;
      await expectError(
        unwrapKey({ ...asked(), wrap: { ...wrap, encapsulated: changed(wrap.encapsulated) } }),
        UnwrapError,
      );
    }
  });

  it("refuse a custodian that names another key than it wrapped", async () => {
    const renamed = Object.create(key, { id: { value: newKey(3).id } }) as typeof key;
    Object.defineProperty(renamed, "export", { value: () => key.export() });
    const lying = await wrapKey({ key: renamed, grantee: CLINIC, publicKey: keyPair.publicKey });
    await expectError(unwrapKey({ ...asked(), wrap: lying }), WrapMismatchError, { field: "key" });
  });

  it("refuse every other kind of wrap", async () => {
    for (const change of [
      { type: "consentry wrap 0" },
      { type: undefined },
      { suite: "0x0020 0x0001 0x0001" },
      { suite: "" },
    ]) {
      await expectError(unwrapKey({ ...asked(), wrap: { ...wrap, ...change } as never }), UnsupportedAlgorithmError);
    }
  });

  it("refuse what is no wrap", async () => {
    const bad = [
      "",
      "{",
      "[]",
      "7",
      "null",
      { ...wrap, ciphertext: "0x12" },
      { ...wrap, more: 1 },
      { ...wrap, version: 0 },
    ];
    const worse = [
      { ...wrap, grantee: ANY_PROVIDER },
      { ...wrap, record: "0x03" },
      { ...wrap, encapsulated: undefined },
    ];
    for (const each of [...bad, ...worse]) {
      const error = await unwrapKey({ ...asked(), wrap: each as never }).catch((e: unknown) => e);
      const isRefused =
        error instanceof InvalidWrapError || (each === "[]" && error instanceof UnsupportedAlgorithmError);
      expect(isRefused, JSON.stringify(each)).to.equal(true);
    }
    expect(() => parseWrap(undefined)).to.throw(InvalidWrapError);
  });

  it("refuse public keys for which everybody could read, or none", async () => {
    const lowOrder = [
      "0x0100000000000000000000000000000000000000000000000000000000000000",
      "0xe0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "0x5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "0xecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for (const publicKey of [undefined, `0x${"00".repeat(32)}`, ...lowOrder]) {
      await expectError(wrapKey({ key, grantee: CLINIC, publicKey }), InvalidEncryptionKeyError, {
        parameter: "publicKey",
      });
    }
  });

  it("refuse bad parameters", async () => {
    const { publicKey } = keyPair;
    await expectError(wrapKey({ key, grantee: "0x12", publicKey }), InvalidAddressError);
    await expectError(wrapKey({ key, grantee: ANY_PROVIDER, publicKey }), InvalidAddressError);
    await expectError(wrapKey({ key, grantee: CLINIC, publicKey: "0x12" }), InvalidParameterError, {
      parameter: "publicKey",
    });
    await expectError(wrapKey({ key: {} as never, grantee: CLINIC, publicKey }), InvalidParameterError, {
      parameter: "key",
    });
    await expectError(unwrapKey({ ...asked(), record: "0x12" }), InvalidRecordIdError);
    for (const bad of [undefined, {}, { publicKey, privateKey: "0x12" }, { publicKey }]) {
      await expectError(unwrapKey({ ...asked(), keyPair: bad as never }), InvalidParameterError, {
        parameter: "keyPair",
      });
    }
  });

  describe("key pairs", () => {
    it("can be kept as JSON Web Keys, if they were made for it", async () => {
      const made = await newEncryptionKeyPair({ extractable: true });
      const jwk = await exportEncryptionKeyPair(made);
      expect(Object.keys(jwk).sort()).to.deep.equal(["crv", "d", "kty", "x"]);
      const kept = await importEncryptionKeyPair(JSON.parse(JSON.stringify(jwk)) as typeof jwk);
      expect(kept.publicKey).to.equal(made.publicKey);
      const wrapped = await wrapKey({ key, grantee: CLINIC, publicKey: made.publicKey });
      expect((await unwrapKey({ ...asked(), wrap: wrapped, keyPair: kept })).id).to.equal(key.id);
      await expectError(exportEncryptionKeyPair(kept), InvalidEncryptionKeyError);
      await expectError(exportEncryptionKeyPair(keyPair), InvalidEncryptionKeyError);
      await exportEncryptionKeyPair(await importEncryptionKeyPair(jwk, { extractable: true }));
    });

    it("are none if the two keys do not belong together, or one is missing", async () => {
      const extractable = true;
      const one = await exportEncryptionKeyPair(await newEncryptionKeyPair({ extractable }));
      const other = await exportEncryptionKeyPair(await newEncryptionKeyPair({ extractable }));
      const publicOnly = { kty: one.kty, crv: one.crv, x: one.x };
      const bad = [
        { ...one, x: other.x },
        { ...one, d: other.d },
        publicOnly,
        { ...one, crv: "Ed25519" },
        { ...one, d: "x" },
      ];
      for (const jwk of [...bad, undefined, "jwk", {}]) {
        await expectError(importEncryptionKeyPair(jwk as never), InvalidEncryptionKeyError, { parameter: "jwk" });
      }
      await expectError(newEncryptionKeyPair({ extractable: 1 as never }), InvalidParameterError, {
        parameter: "extractable",
      });
    });
  });
});
