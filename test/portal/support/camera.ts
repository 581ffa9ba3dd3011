import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import encodeQR from "qr";
import { startBrowser } from "./browser.js";

const [WIDTH, HEIGHT] = [640, 480];

/** A browser whose camera sees a QR code. */
export async function startCamera(text: string): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "consentry-camera-"));
  const file = join(folder, "code.y4m");
  writeFileSync(file, videoOf(text));
  const browser = await startBrowser([
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${file}`,
  ]);
  const close = async (): Promise<void> => {
    await browser.close();
    rmSync(folder, { recursive: true });
  };
  return { browser, close };
}

/** A film of a QR code that does not move (YUV4MPEG2). */
function videoOf(text: string): Buffer {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4, scale: 8 });
  const [left, top] = [(WIDTH - rows.length) >> 1, (HEIGHT - rows.length) >> 1];
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  rows.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) light[(y + top) * WIDTH + x + left] = 16;
    });
  });
  const frame = [Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)];
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frame, ...frame]);
}
