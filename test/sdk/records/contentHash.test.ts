import { contentHash, InvalidParameterError, newSalt, verifyContent } from "@consentry/sdk";
import { expect } from "chai";
import { concat, getBytes, keccak256, toUtf8Bytes } from "ethers";

describe("contentHash", () => {
  const salt = newSalt();
  const content = toUtf8Bytes('{"resourceType":"Observation","note":"größer"}');

  it("is keccak256 of the salt and the content", () => {
    const expected = keccak256(concat([salt, content]));
    expect(contentHash(content, salt)).to.equal(expected);
    expect(contentHash(new TextDecoder().decode(content), getBytes(salt))).to.equal(expected);
    expect(contentHash(Buffer.from(content), salt.toUpperCase().replace("0X", "0x"))).to.equal(expected);
    expect(contentHash(new Uint8Array(), salt)).to.equal(keccak256(salt));
  });

  it("refuses a salt that is not of 32 bytes, and a content that is neither text nor bytes", () => {
    for (const bad of ["0x12", `${salt}00`, getBytes(salt).subarray(1)]) {
      expect(() => contentHash(content, bad))
        .to.throw(InvalidParameterError)
        .with.property("parameter", "salt");
    }
    const none = 7 as unknown as Uint8Array;
    expect(() => contentHash(none, salt))
      .to.throw(InvalidParameterError)
      .with.property("parameter", "content");
  });

  it("takes a large content in about the time of keccak256 alone", () => {
    const large = new Uint8Array(20e6).fill(7);
    keccak256(large.subarray(0, 1e6)); // warms up
    const alone = timeOf(() => keccak256(large));
    const whole = timeOf(() => contentHash(large, salt));
    expect(whole).to.be.below(4 * alone + 100);
  });

  it("verifies what was registered, and nothing else", () => {
    const pointer = { contentHash: contentHash(content, salt) };
    expect(verifyContent(pointer, content, salt)).to.be.true;
    expect(verifyContent({ contentHash: pointer.contentHash.toUpperCase() }, content, salt)).to.be.true;
    expect(verifyContent(pointer, content, newSalt())).to.be.false;
    expect(verifyContent(pointer, content.subarray(1), salt)).to.be.false;
    expect(verifyContent({}, content, salt)).to.be.false;
  });
});

function timeOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}
