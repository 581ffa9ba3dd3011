import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The time in milliseconds, told anew every minute: what ends meanwhile is not shown as if it stood. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
