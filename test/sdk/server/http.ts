import { connect } from "node:net";

/** An answer as it came over the wire. */
export interface Answer {
  /** All bytes, but for the time and the number of the request. */
  bytes: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends one request as it is, and reads until the server closes the connection. */
export async function send(
  port: number,
  path: string,
  method = "GET",
  headers: readonly string[] = [],
): Promise<Answer> {
  const lines = [`${method} ${path} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""];
  const bytes = await exchange(port, lines.join("\r\n"));
  const [head = "", ...rest] = bytes.split("\r\n\r\n");
  const [status = "", ...fields] = head.split("\r\n");
  return {
    bytes: bytes.replace(/^(date|x-request-id): .*\r\n/gim, ""),
    status: Number(status.split(" ")[1]),
    headers: Object.fromEntries(
      fields.map((field) => [field.split(":")[0]!.toLowerCase(), field.replace(/^.*?: ?/, "")]),
    ),
    body: /^transfer-encoding: chunked/im.test(head) ? joined(rest.join("\r\n\r\n")) : rest.join("\r\n\r\n"),
  };
}

/** A body without the lengths of its chunks. */
function joined(chunked: string): string {
  const [length = "", ...rest] = chunked.split("\r\n");
  const size = parseInt(length, 16);
  const text = rest.join("\r\n");
  return size > 0 ? text.slice(0, size) + joined(text.slice(size + 2)) : "";
}

function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}
