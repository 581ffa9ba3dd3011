import { useId, useState } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { Camera } from "./Camera.js";
import { mayHaveCamera } from "./detector.js";
import { readPicture } from "./readPicture.js";

/** A QR code, from the camera or from a picture. */
export function Scan({ found }: { found: (text: string) => void }) {
  const { grant } = useTexts();
  const { scan } = grant;
  const [isLive, setLive] = useState(false);
  const [state, setState] = useState<"idle" | "reading" | "nothing" | "noPicture" | "noCamera">("idle");
  const id = useId();
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setState("reading");
    try {
      const text = await readPicture(file);
      if (text === undefined) setState("nothing");
      else found(text);
    } catch {
      setState("noPicture");
    }
  };
  return (
    <div className="scan">
      {mayHaveCamera() && !isLive && (
        <button type="button" onClick={() => setLive(true)}>
          {scan.camera}
        </button>
      )}
      {isLive && (
        <Camera
          found={found}
          close={() => setLive(false)}
          fail={() => {
            setLive(false);
            setState("noCamera");
          }}
        />
      )}
      <label htmlFor={`${id}-picture`}>{scan.picture}</label>
      <input
        id={`${id}-picture`}
        type="file"
        accept="image/*"
        onChange={({ target }) => {
          const file = target.files?.[0];
          void read(file);
        }}
      />
      {state === "reading" && <Busy what={scan.reading} />}
      {state !== "idle" && state !== "reading" && <p role="alert">{scan[state]}</p>}
    </div>
  );
}
