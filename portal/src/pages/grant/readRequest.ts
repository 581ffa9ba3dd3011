import type { AccessRequest, Client } from "@consentry/sdk";

/**
 * Reads what came as a link, as a QR code's text, or as JSON. Nothing is verified.
 *
 * @throws MalformedRequestError, UnknownCodeError
 */
export function readRequest({ requests }: Client, text: string): AccessRequest {
  const trimmed = text.trim();
  return trimmed.startsWith("{") ? requests.parse(trimmed) : requests.fromLink(trimmed);
}
