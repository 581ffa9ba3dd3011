import { expect } from "chai";
import { getBytes, hexlify } from "ethers";
import { AEAD_AES_128_GCM, AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { suite } from "../../../sdk/dist/crypto/hpke.js";

const INFO = getBytes("0x4f6465206f6e2061204772656369616e2055726e");
const PLAIN = getBytes("0x4265617574792069732074727574682c20747275746820626561757479");
const AAD = getBytes("0x436f756e742d30");

/** Base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256: of RFC 9180, and of the file of test vectors that it refers to. */
const VECTORS = {
  "AES-128-GCM (RFC 9180, A.1.1)": {
    aead: AEAD_AES_128_GCM,
    ikmE: "0x7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
    ikmR: "0x6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
    skRm: "0x4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    pkRm: "0x3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    enc: "0x37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
    ct: "0xf938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
  },
  "AES-256-GCM (test vectors of RFC 9180)": {
    aead: AEAD_AES_256_GCM,
    ikmE: "0x2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9",
    ikmR: "0xdac33b0e9db1b59dbbea58d59a14e7b5896e9bdf98fad6891e99d1686492b9ee",
    skRm: "0x497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d",
    pkRm: "0x430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c",
    enc: "0x6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256",
    ct: "0xe5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a",
  },
};

describe("HPKE of the library", () => {
  it("is the suite that a wrap names", () => {
    expect([suite.KEM.id, suite.KDF.id, suite.AEAD.id]).to.deep.equal([0x0020, 0x0001, 0x0002]);
  });

  for (const [name, { aead, ikmE, ikmR, skRm, pkRm, enc, ct }] of Object.entries(VECTORS)) {
    describe(name, () => {
      const plain = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, aead);

      it("derives the recipient's keys", async () => {
        const pair = await plain.DeriveKeyPair(getBytes(ikmR), true);
        expect(hexlify(await plain.SerializePrivateKey(pair.privateKey))).to.equal(skRm);
        expect(hexlify(await plain.SerializePublicKey(pair.publicKey))).to.equal(pkRm);
      });

      it("opens the ciphertext", async () => {
        const privateKey = await plain.DeserializePrivateKey(getBytes(skRm), true);
        const opened = await plain.Open(privateKey, getBytes(enc), getBytes(ct), { info: INFO, aad: AAD });
        expect(hexlify(opened)).to.equal(hexlify(PLAIN));
      });

      it("makes the ciphertext, given the keys of the one encryption", async () => {
        const kem = () => {
          const original = KEM_DHKEM_X25519_HKDF_SHA256();
          return { ...original, GenerateKeyPair: () => original.DeriveKeyPair(getBytes(ikmE), true) };
        };
        const fixed = new CipherSuite(kem, KDF_HKDF_SHA256, aead);
        const recipient = await fixed.DeserializePublicKey(getBytes(pkRm));
        const sealed = await fixed.Seal(recipient, PLAIN, { info: INFO, aad: AAD });
        expect(hexlify(sealed.encapsulatedSecret)).to.equal(enc);
        expect(hexlify(sealed.ciphertext)).to.equal(ct);
      });

      it("opens nothing with another info or other data", async () => {
        const privateKey = await plain.DeserializePrivateKey(getBytes(skRm), true);
        for (const options of [{ info: INFO }, { aad: AAD }, { info: AAD, aad: INFO }]) {
          const error = await plain.Open(privateKey, getBytes(enc), getBytes(ct), options).catch((e: unknown) => e);
          expect(error).to.be.instanceOf(Error);
        }
      });
    });
  }
});
