import { Wallet } from "ethers";
import { KeyError } from "../errors/key.js";
import { keepSecret } from "../output/secrets.js";
import { setting } from "../settings.js";
import { openKeystore } from "./keystore.js";

/** Where the key is that signs. */
export interface KeyOptions {
  keystore?: string;
}

/** The key of the keystore that is named, or else of the environment; throws {@link KeyError}. */
export async function walletOf({ keystore }: KeyOptions): Promise<Wallet> {
  if (keystore !== undefined) return openKeystore(keystore);
  const key = setting("CONSENTRY_PRIVATE_KEY");
  if (key === undefined) throw new KeyError("There is no key to sign with.");
  keepSecret(key);
  try {
    return new Wallet(key.trim());
  } catch {
    throw new KeyError("CONSENTRY_PRIVATE_KEY is not a private key.");
  }
}
