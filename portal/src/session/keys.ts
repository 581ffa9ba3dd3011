import type { Passkey } from "@consentry/sdk";
import { isAddress } from "ethers";

/** Whose word counts here: nothing in it is secret. */
export type Key =
  | { readonly kind: "wallet"; readonly rdns: string; readonly name: string; readonly account: string }
  | { readonly kind: "passkey"; readonly passkey: Passkey };

/** What survives a reload. */
export interface KeptSession {
  readonly key: Key;
  /** Whose data are shown: the account's own, or of somebody for whom it speaks. */
  readonly patient: string;
}

const SESSION = "consentry.session";
const PASSKEYS = "consentry.passkeys";
const SAVED = "consentry.passkeysSaved";

/** The session of an earlier visit. */
export function keptSession(): KeptSession | undefined {
  const { key, patient } = (read(SESSION) ?? {}) as { [name in keyof KeptSession]?: unknown };
  return isAddress(patient) && isKey(key) ? { key, patient } : undefined;
}

/** Keeps the session for the next visit; undefined forgets it. */
export function keepSession(session: KeptSession | undefined): void {
  if (session === undefined) localStorage.removeItem(SESSION);
  else localStorage.setItem(SESSION, JSON.stringify(session));
}

/** Passkeys that were made on this device: without them nobody knows whose a signature is. */
export function keptPasskeys(): readonly Passkey[] {
  const kept = read(PASSKEYS);
  return Array.isArray(kept) ? (kept as unknown[]).filter(isPasskey) : [];
}

/** Keeps a passkey for good, also after the session ends. */
export function keepPasskey(passkey: Passkey): void {
  const others = keptPasskeys().filter(({ credentialId }) => credentialId !== passkey.credentialId);
  localStorage.setItem(PASSKEYS, JSON.stringify([...others, passkey]));
}

/** Whether the file of a passkey was saved here. */
export function isPasskeySaved({ credentialId }: Passkey): boolean {
  const saved = read(SAVED);
  return Array.isArray(saved) && saved.includes(credentialId);
}

/** Remembers that the file of a passkey was saved, or came from one. */
export function markPasskeySaved({ credentialId }: Passkey): void {
  const saved = read(SAVED);
  localStorage.setItem(SAVED, JSON.stringify([...(Array.isArray(saved) ? (saved as unknown[]) : []), credentialId]));
}

/** What is kept may have been written by another version of the page; the SDK looks at a passkey itself. */
function isKey(value: unknown): value is Key {
  const { kind, rdns, name, account, passkey } = (value ?? {}) as Record<string, unknown>;
  if (kind === "passkey") return isPasskey(passkey);
  return kind === "wallet" && typeof rdns === "string" && typeof name === "string" && isAddress(account);
}

function isPasskey(value: unknown): value is Passkey {
  return typeof (value as { credentialId?: unknown } | null)?.credentialId === "string";
}

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return undefined;
  }
}
