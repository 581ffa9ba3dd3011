/** A type of media as it is compared: without parameters, as `text/html` of `Text/HTML; charset=utf-8`. */
export function mediaType(text: string): string {
  return (text.split(";", 1)[0] ?? "").trim().toLowerCase();
}
