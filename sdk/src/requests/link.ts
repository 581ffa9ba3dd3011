import { decodeBase64, encodeBase64, toUtf8Bytes, toUtf8String } from "ethers";
import { InvalidParameterError } from "../errors/input.js";
import { MalformedRequestError } from "../errors/requests.js";
import { LONGEST_TEXT, parseRequest } from "./parse.js";
import type { AccessRequest } from "./types.js";

const KEY = "request=";
const ENCODED = /^[A-Za-z0-9_-]+$/;

/**
 * A link to a page that shows a request, also for a QR code. The request stands in the fragment, which no browser sends to a
 * server.
 *
 * @param page the URL of the page, without a fragment
 * @throws InvalidParameterError, MalformedRequestError, UnknownCodeError
 * @example
 * consentry.requests.toLink(request, "https://consent.example/"); // "https://consent.example/#request=eyJwcmltYXJ5..."
 */
export function toLink(request: AccessRequest, page: string): string {
  const url = URL.canParse(page) ? new URL(page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || page.includes("#")) {
    throw new InvalidParameterError("page", "the http(s) URL of a page, without a fragment");
  }
  const encoded = encodeBase64(toUtf8Bytes(JSON.stringify(parseRequest(request))));
  return `${url.href}#${KEY}${encoded.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * The request in a link. It is read, not verified.
 *
 * @param link a URL as `location.href`, or its fragment
 * @throws MalformedRequestError, UnknownCodeError
 * @example
 * const { request, provider } = await consentry.requests.verify(consentry.requests.fromLink(location.href));
 */
export function fromLink(link: string): AccessRequest {
  const [, fragment = ""] = typeof link === "string" && link.length <= 2 * LONGEST_TEXT ? link.split("#", 2) : [];
  const encoded = fragment.startsWith(KEY) ? fragment.slice(KEY.length) : "";
  if (!ENCODED.test(encoded)) throw new MalformedRequestError("link", `a URL with #${KEY} and a request`);
  return parseRequest(decoded(encoded));
}

function decoded(encoded: string): string {
  try {
    return toUtf8String(decodeBase64(encoded.replaceAll("-", "+").replaceAll("_", "/")));
  } catch (cause) {
    throw new MalformedRequestError("link", `a URL with #${KEY} and a request`, cause);
  }
}
