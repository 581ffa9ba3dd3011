import { isAddress } from "ethers";
import { useSyncExternalStore } from "react";

/** What the reader calls accounts that are in no directory, by their addresses. It never leaves this browser. */
export type Nicknames = Readonly<Record<string, string>>;

const NAME = "consentry.nicknames";
const listeners = new Set<() => void>();
let nicknames = stored();

window.addEventListener("storage", ({ key }) => {
  if (key === NAME) tell(stored());
});

/** Calls an account so from now on; an empty name takes the old one away. */
export function callIt(address: string, name: string): void {
  const others = Object.entries(nicknames).filter(([other]) => other !== address);
  const given = name === "" ? others : [...others, [address, name] as const];
  localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(given)));
  tell(stored());
}

/** What the reader calls accounts. */
export function useNicknames(): Nicknames {
  return useSyncExternalStore(subscribe, () => nicknames);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(present: Nicknames): void {
  nicknames = present;
  for (const listener of listeners) listener();
}

function stored(): Nicknames {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    const named = Object.entries(kept ?? {}).filter(([key, name]) => isAddress(key) && typeof name === "string");
    return Object.fromEntries(named);
  } catch {
    return {};
  }
}
