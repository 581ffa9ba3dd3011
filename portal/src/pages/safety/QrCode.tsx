import encodeQR from "qr";
import { useMemo } from "react";

const QUIET = 4;
/** From so many modules on a code is drawn larger: cameras could not tell them apart. */
const DENSE = 100;

/** A text as a QR code; null if it is too long for one. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => drawn(text), [text]);
  if (code === undefined) return null;
  return (
    <svg
      className={code.size > DENSE ? "qr qr-dense" : "qr"}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(code.size)} ${String(code.size)}`}
    >
      <path className="qr-ground" d={`M0 0h${String(code.size)}v${String(code.size)}H0z`} />
      <path className="qr-ink" d={code.path} />
    </svg>
  );
}

/** Whether a text fits into a QR code. */
export function fitsQrCode(text: string): boolean {
  return drawn(text) !== undefined;
}

function drawn(text: string): { size: number; path: string } | undefined {
  const rows = encoded(text);
  if (rows === undefined) return undefined;
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${String(x)} ${String(y)}h1v1h-1z` : "")));
  return { size: rows.length, path: path.join("") };
}

function encoded(text: string): boolean[][] | undefined {
  try {
    return encodeQR(text, "raw", { ecc: "low", border: QUIET, scale: 1 });
  } catch {
    return undefined;
  }
}
