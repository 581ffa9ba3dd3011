import { newDetector } from "./detector.js";

/** To look at more pixels at once, or at a picture of any shape, would keep the page from answering. */
const MOST = 2_000_000;
/** In how many pixels a picture is looked at: what is noise in the one size is a clear line in another. */
const SIZES = [750_000, MOST, 270_000];

/** The text of the QR code in a picture; undefined if none is found. Throws if it is no picture. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  const detector = await newDetector();
  const whole = await createImageBitmap(file);
  const { width, height } = whole;
  whole.close();
  for (const resizeWidth of widthsOf(width, width * height)) {
    const bitmap = await createImageBitmap(file, { resizeWidth, resizeQuality: "medium" });
    const [code] = await detector.detect(bitmap);
    bitmap.close();
    if (code !== undefined) return code.rawValue;
  }
  return undefined;
}

/** Its own width first, if that is small enough. */
function widthsOf(width: number, pixels: number): Set<number> {
  const sizes = [pixels, ...SIZES].filter((size) => size <= Math.min(pixels, MOST));
  return new Set(sizes.map((size) => Math.max(1, Math.floor(width * Math.sqrt(size / pixels)))));
}
