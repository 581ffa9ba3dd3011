import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** What is not there, and what may not be seen: FHIR's way to say it, with nothing of the request in it. */
const BODY = JSON.stringify({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: "not-found", details: { text: "There is no such resource." } }],
});

const CONTENT_HEADERS: OutgoingHttpHeaders = {
  "content-type": "application/fhir+json; charset=utf-8",
  "content-length": BODY.length,
};

/** Headers by which a cache on the way would keep an answer in spite of `Cache-Control`. */
const OTHER_CACHING = ["expires", "pragma", "cdn-cache-control", "surrogate-control"];

/** Answers 404 with the headers that were set before anything was asked, and none that were set since. */
export function answerAbsent(response: ServerResponse, headersBefore: OutgoingHttpHeaders): void {
  replaceHeaders(response, { ...headersBefore, ...CONTENT_HEADERS });
  response.statusCode = 404;
  response.statusMessage = "Not Found";
  response.end(BODY);
}

/** Sets these headers and no others; no cache keeps what is for one asker and for now. */
export function replaceHeaders(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  const kept: OutgoingHttpHeaders = { ...headers, "cache-control": "no-store" };
  for (const name of OTHER_CACHING) Reflect.deleteProperty(kept, name);
  // All of them, so that their order tells nothing either.
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) response.setHeader(name, value);
}
