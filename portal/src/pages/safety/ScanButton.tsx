import { useEffect, useRef, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Dialog } from "../../ui/Dialog.js";

/** Reads a QR code with the camera; nothing is shown where there is none. */
export function ScanButton({ onText }: { onText: (text: string) => void }) {
  const { safety } = useTexts();
  const [isOpen, setOpen] = useState(false);
  // A browser has no camera for pages that came over an unprotected line.
  if (!("mediaDevices" in navigator)) return null;
  const read = (text: string): void => {
    setOpen(false);
    onText(text);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {safety.exchange.scan}
      </button>
      {isOpen && <Scanner onText={read} onClose={() => setOpen(false)} />}
    </>
  );
}

function Scanner({ onText, onClose }: { onText: (text: string) => void; onClose: () => void }) {
  const { safety } = useTexts();
  const { exchange } = safety;
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onText);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    found.current = onText;
  }, [onText]);
  useEffect(() => {
    const ended = new AbortController();
    if (video.current === null) return;
    scan(video.current, ended.signal).then(
      (text) => text !== undefined && found.current(text),
      () => setBroken(true),
    );
    return () => ended.abort();
  }, []);
  return (
    <Dialog title={exchange.scan} onClose={onClose}>
      {isBroken ? <p role="alert">{exchange.noCamera}</p> : <p role="status">{exchange.scanning}</p>}
      <video ref={video} className="scanner" autoPlay muted playsInline hidden={isBroken} aria-hidden="true" />
    </Dialog>
  );
}

/** The first text that the camera sees; undefined if it is ended before. */
async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const { frameLoop, QRCanvas, rearCamera } = await import("qr/dom.js");
  if (signal.aborted) return undefined;
  const camera = await rearCamera(video);
  const canvas = new QRCanvas();
  return new Promise((resolve, reject) => {
    const stop = frameLoop(() => {
      camera.readFrame(canvas).then((text) => {
        if (typeof text === "string" && text !== "") end(text);
      }, reject);
    }, video);
    const end = (text: string | undefined): void => {
      stop();
      camera.stop();
      resolve(text);
    };
    if (signal.aborted) end(undefined);
    signal.addEventListener("abort", () => end(undefined), { once: true });
  });
}
