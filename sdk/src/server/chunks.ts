/** What is given to `write` and `end`, before their encoding and callback. */
type Args = readonly unknown[];

/** How many bytes, or characters, are given. */
export function sizeOf([chunk]: Args): number {
  return typeof chunk === "string" || chunk instanceof Uint8Array ? chunk.length : 0;
}

/** The bytes that are given to several calls, in order. */
export function bytesOf(calls: readonly Args[]): Uint8Array {
  return Buffer.concat(calls.map(([chunk, encoding]) => bytesIn(chunk, encoding)));
}

function bytesIn(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk !== "string") return new Uint8Array();
  return Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
}

/** Calls the callback among what is given, if there is one: whoever waits for it must not wait for ever. */
export function callBack(args: Args): void {
  const callback = args.find((each) => typeof each === "function");
  if (callback !== undefined) process.nextTick(callback);
}
