import { mediaType } from "../consent/media.js";
import type { Json } from "../elements.js";

/** The types of media that a document is of; undefined for what does not say. */
export function mediaOf(resource: Json, type: string): (string | undefined)[] {
  if (type === "Binary") return [contentTypeOf(resource)];
  if (type !== "DocumentReference") return [];
  const contents = Array.isArray(resource["content"]) ? (resource["content"] as unknown[]) : [];
  return contents.map((content) => contentTypeOf(isObject(content) ? content["attachment"] : undefined));
}

function contentTypeOf(element: unknown): string | undefined {
  const text = isObject(element) ? element["contentType"] : undefined;
  return typeof text === "string" ? mediaType(text) : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
