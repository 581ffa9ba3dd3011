import { styleText } from "node:util";

export type Color = "red" | "green" | "yellow" | "bold" | "dim";

/** A text in colour, where the stream is a terminal and nobody asked for none. */
export function paint(color: Color, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(color, text, { stream });
}
