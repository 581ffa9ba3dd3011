/** Bytes that nothing else shares, as Web Crypto takes them. */
export type Octets = Uint8Array<ArrayBuffer>;

/** The same bytes; a copy where the memory is shared with other threads. */
export function toOctets(bytes: Uint8Array): Octets {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Octets) : new Uint8Array(bytes);
}

/** One after another. Of a single part it is the part itself. */
export function joined(parts: readonly Uint8Array[]): Octets {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return toOctets(first);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A whole number in four bytes, the highest first. */
export function uint32(value: number): Octets {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** The bytes of a text of ASCII. */
export function ascii(text: string): Octets {
  return new TextEncoder().encode(text);
}
