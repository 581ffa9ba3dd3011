import type { Json } from "../elements.js";

/** The types of media that a document is of. */
export function mediaOf(resource: Json, type: string): string[] {
  if (type === "Binary") return textsOf([resource], "contentType");
  if (type !== "DocumentReference") return [];
  const contents = Array.isArray(resource["content"]) ? (resource["content"] as unknown[]) : [];
  const attachments = contents.map((content) => (isObject(content) ? content["attachment"] : undefined));
  return textsOf(attachments, "contentType");
}

function textsOf(elements: readonly unknown[], key: string): string[] {
  return elements.flatMap((element) => {
    const text = isObject(element) ? element[key] : undefined;
    return typeof text === "string" ? [text] : [];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
