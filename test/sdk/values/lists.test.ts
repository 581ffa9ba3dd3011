import { expect } from "chai";
import { inParts } from "../../../sdk/dist/values/lists.js";

describe("a list in parts", () => {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

  it("is whole and in order, and between parts whatever waits may run", async () => {
    const parts: number[][] = [];
    let waiting = 0;
    let mostWaiting = 0;
    for await (const part of inParts(numbers(1_234))) {
      mostWaiting = Math.max(mostWaiting, waiting);
      parts.push(part);
      waiting++;
      setTimeout(() => waiting--);
    }
    expect(parts.flat()).to.deep.equal(numbers(1_234));
    expect(Math.max(...parts.map(({ length }) => length))).to.be.at.most(100);
    expect(mostWaiting).to.equal(0);
  });

  it("of a few items is one part, for which nothing is waited", async () => {
    let isLate = false;
    setTimeout(() => (isLate = true));
    for await (const part of inParts(numbers(10))) expect(part).to.deep.equal(numbers(10));
    expect(isLate).to.equal(false);
  });

  it("of none has no part", async () => {
    for await (const part of inParts([])) expect.fail(String(part));
  });
});
