import { useSyncExternalStore } from "react";

const INTERVAL = 5_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, INTERVAL);
  return () => clearInterval(timer);
}

/** The device's time in milliseconds, in steps of some seconds: to say what is past, never to decide it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / INTERVAL) * INTERVAL);
}
