import type { Passkey } from "@consentry/sdk";
import { isHexString } from "ethers";
import { download } from "../ui/download.js";
import { provePasskey } from "./provePasskey.js";

/** What is wrong with a file. */
export type PasskeyFileProblem = "noFile" | "otherSite" | "notHere" | "otherKey";

/** More is no file that this page made. */
const MOST_BYTES = 10_000;

/** Hands the public part of a passkey to the browser, as a file. */
export function savePasskey({ credentialId, publicKey, rpId }: Passkey): void {
  download([JSON.stringify({ credentialId, publicKey, rpId }, null, 2)], "passkey.json", "application/json");
}

/** Reads such a file, and has the passkey sign once to see that it is its own. */
export async function readPasskey(file: Blob): Promise<Passkey | PasskeyFileProblem> {
  const passkey = file.size > MOST_BYTES ? undefined : passkeyIn(await file.text());
  if (passkey === undefined) return "noFile";
  if (!`.${location.hostname}`.endsWith(`.${passkey.rpId}`)) return "otherSite";
  try {
    return (await provePasskey(passkey)) ? passkey : "otherKey";
  } catch {
    return "notHere";
  }
}

function passkeyIn(text: string): Passkey | undefined {
  try {
    const { credentialId, publicKey, rpId } = JSON.parse(text) as { [name in keyof Passkey]: unknown };
    const isId = typeof credentialId === "string" && /^[\w-]{1,1400}$/.test(credentialId);
    if (!isId || !isHexString(publicKey, 64) || typeof rpId !== "string" || rpId === "") return undefined;
    return { credentialId, publicKey, rpId };
  } catch {
    return undefined;
  }
}
