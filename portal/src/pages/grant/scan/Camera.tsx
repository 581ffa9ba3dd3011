import { useEffect, useEffectEvent, useRef } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Dialog } from "../../../ui/Dialog.js";
import { type Detector, newDetector } from "./detector.js";

/** Between two looks, in milliseconds: the rest of the page goes on meanwhile. */
const PAUSE = 200;

interface CameraProps {
  found: (text: string) => void;
  close: () => void;
  /** There is no camera, or it may not be used. */
  fail: () => void;
}

/** What the camera sees, until there is a QR code in it. */
export function Camera({ found, close, fail }: CameraProps) {
  const { grant } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const onFound = useEffectEvent(found);
  const onFail = useEffectEvent(fail);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    watch(video.current, signal).then(
      (text) => text !== undefined && !signal.aborted && onFound(text),
      () => !signal.aborted && onFail(),
    );
    return () => ended.abort();
  }, []);
  return (
    <Dialog title={grant.scan.camera} onClose={close}>
      <p role="status">{grant.scan.aim}</p>
      <video ref={video} className="camera" muted playsInline aria-label={grant.scan.view} />
    </Dialog>
  );
}

/** Resolves to the text of the first code, or to undefined if it was ended; the camera is let go of either way. */
async function watch(video: HTMLVideoElement | null, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    if (video === null || signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    return await firstCode(await newDetector(), video, signal);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function firstCode(
  detector: Detector,
  video: HTMLVideoElement,
  signal: AbortSignal,
): Promise<string | undefined> {
  while (!signal.aborted) {
    const [code] = await detector.detect(video);
    if (code !== undefined) return code.rawValue;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return undefined;
}
