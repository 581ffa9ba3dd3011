/** Finds QR codes in pictures: https://wicg.github.io/shape-detection-api/ */
export interface Detector {
  detect: (source: HTMLVideoElement | ImageBitmap) => Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<readonly string[]>;
}

const FORMAT = "qr_code";

/** The browser's own detector, or where it has none that of a package, which is loaded then. */
export async function newDetector(): Promise<Detector> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Own !== undefined && (await Own.getSupportedFormats()).includes(FORMAT)) return new Own({ formats: [FORMAT] });
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: [FORMAT] });
}

/** Whether there may be a camera: only on a page that came over https. */
export function mayHaveCamera(): boolean {
  return (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices?.getUserMedia !== undefined;
}
