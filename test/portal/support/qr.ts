import { writeFileSync } from "node:fs";
import encodeQR from "qr";

const MARGIN = 4;

/** A picture of a QR code, as a file to choose. */
export function pictureOf(text: string): { name: string; mimeType: string; buffer: Buffer } {
  const gif = encodeQR(text, "gif", { ecc: "low", scale: 4, border: MARGIN });
  return { name: "request.gif", mimeType: "image/gif", buffer: Buffer.from(gif) };
}

/** A film for Chromium's camera in which a QR code is held into the picture, as a YUV4MPEG2 file. */
export function filmOf(text: string, file: string): void {
  const modules = encodeQR(text, "raw", { ecc: "low", border: MARGIN });
  const scale = 4;
  const size = modules.length * scale + ((modules.length * scale) % 2);
  const luma = Buffer.alloc(size * size, 255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) luma[y * size + x] = 0;
    }
  }
  const chroma = Buffer.alloc((size * size) / 2, 128);
  const header = `YUV4MPEG2 W${size} H${size} F10:1 Ip A1:1 C420jpeg\n`;
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
  writeFileSync(file, Buffer.concat([Buffer.from(header), frame, frame]));
}
