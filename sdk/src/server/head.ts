import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Status and headers as they were when the first byte was sent. */
export interface ResponseHead {
  status: number;
  /** Empty or undefined for the usual one of the status. */
  message: string;
  headers: OutgoingHttpHeaders;
}

/** The head of a response, with what `writeHead(status, message?, headers?)` is given if that begins it. */
export function headOf(response: ServerResponse, [status, ...more]: readonly unknown[]): ResponseHead {
  const [first, second] = more;
  const message = typeof first === "string" ? first : response.statusMessage;
  const headers = typeof first === "string" ? second : (second ?? first);
  return {
    status: status === undefined ? response.statusCode : Number(status),
    message,
    headers: { ...response.getHeaders(), ...headersIn(headers) },
  };
}

/** Headers as Node takes them: an object, pairs, or names and values in turn. */
function headersIn(given: unknown): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of pairsIn(given)) {
    const key = String(name).toLowerCase();
    const before = Array.isArray(given) ? headers[key] : undefined;
    const values = value as OutgoingHttpHeader;
    headers[key] = before === undefined ? values : [before, values].flat().map(String);
  }
  return headers;
}

function pairsIn(given: unknown): [unknown, unknown][] {
  if (typeof given !== "object" || given === null) return [];
  if (!Array.isArray(given)) return Object.entries(given);
  if (given.every((each) => Array.isArray(each))) return given as [unknown, unknown][];
  return given.flatMap((name: unknown, i): [unknown, unknown][] => (i % 2 === 0 ? [[name, given[i + 1]]] : []));
}
