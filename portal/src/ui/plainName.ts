const LONGEST = 80;
/** Line breaks, what turns the direction of writing or can't be seen, private and broken characters. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\u200c\u200d])\p{Cf}/gu;

/** A name of the directory as one plain, short line: providers write theirs themselves. Empty if nothing is left of it. */
export function plainName(name: string): string {
  const plain = name.normalize("NFC").replaceAll(UNSEEN, " ").replaceAll(/\s+/g, " ").trim();
  const characters = [...plain];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : plain;
}
