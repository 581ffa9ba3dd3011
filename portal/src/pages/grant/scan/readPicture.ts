import { newDetector } from "./detector.js";

/** Widths in pixels in which a picture is looked at: what is noise in the one is a clear line in another. */
const WIDTHS = [1_000, 1_600, 600];

/** The text of the QR code in a picture; undefined if none is found. Throws if it is no picture. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  const detector = await newDetector();
  const whole = await createImageBitmap(file);
  const widths = [whole.width, ...WIDTHS].filter((width) => width <= Math.min(whole.width, 1_600));
  whole.close();
  for (const resizeWidth of new Set(widths)) {
    const bitmap = await createImageBitmap(file, { resizeWidth, resizeQuality: "medium" });
    const [code] = await detector.detect(bitmap);
    bitmap.close();
    if (code !== undefined) return code.rawValue;
  }
  return undefined;
}
