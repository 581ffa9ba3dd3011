import { getBytes, id } from "ethers";
import type { Shown } from "./search.js";
import type { Stage } from "./story/index.js";

/** Bytes that stand on the chain on purpose, and only there. */
export interface Public {
  what: string;
  where: RegExp;
  bytes: Uint8Array;
}

const utf8 = (text: string) => Buffer.from(text);
const DIRECTORY = /ProviderRegistry/;

/** What docs/privacy.md says to be public. Everywhere else it is looked for as all the rest. */
export function publicOf({ published, sentences }: Stage): Public[] {
  const { name, endpoint, identifier } = published;
  return [
    ...[name, endpoint, "clinic", "hospital", "researcher"].map((text) => {
      return { what: `the directory's entry ${text}`, where: DIRECTORY, bytes: utf8(text) };
    }),
    { what: "the hash of a provider's public identifier", where: DIRECTORY, bytes: getBytes(id(identifier)) },
    ...sentences.map((sentence) => {
      const where = /^calldata of ConsentRegistry\.grantBySig$/;
      return { what: "the hash of the sentence that was signed", where, bytes: getBytes(id(sentence)) };
    }),
    {
      what: "the begin of everything that is sealed",
      where: /^(event RecordRegistry\.LocatorSealed|calldata of RecordRegistry\.amend)$/,
      bytes: utf8("consentry sealed\n"),
    },
  ];
}

/** The same without what is public; and what of that is not where it is said to be. */
export function withoutPublic(shown: readonly Shown[], known: readonly Public[]): { rest: Shown[]; missing: string[] } {
  const met = new Set<Public>();
  const rest = shown.map((each) => {
    const bytes = Buffer.from(each.bytes);
    for (const one of known) if (one.where.test(each.where) && blank(bytes, one.bytes)) met.add(one);
    return { ...each, bytes };
  });
  return { rest, missing: known.filter((each) => !met.has(each)).map(({ what }) => what) };
}

function blank(bytes: Buffer, known: Uint8Array): boolean {
  let isMet = false;
  for (const part of [known, ...slotsOf(known)]) {
    for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at)) {
      bytes.fill(0, at, at + part.length);
      isMet = true;
    }
  }
  return isMet;
}

/** Solidity stores a text of 32 bytes or more in one slot after the other. */
function slotsOf(bytes: Uint8Array): Buffer[] {
  if (bytes.length <= 32) return [];
  return Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => {
    const slot = Buffer.alloc(32);
    slot.set(bytes.subarray(32 * i, 32 * (i + 1)));
    return slot;
  });
}
