import { readFileSync } from "node:fs";
import { decryptKeystoreJson, isKeystoreJson, Wallet } from "ethers";
import { FileError } from "../errors/file.js";
import { KeyError } from "../errors/key.js";
import { keepSecret } from "../output/secrets.js";
import { askPassword } from "../terminal/askPassword.js";
import { startBar } from "../terminal/bar.js";

/**
 * Opens an encrypted JSON keystore (Web3 Secret Storage), with the password that is asked for.
 *
 * @throws FileError, KeyError, UsageError without a terminal to ask at
 */
export async function openKeystore(path: string): Promise<Wallet> {
  const json = readKeystore(path);
  const password = await askPassword(`Password of ${path}`);
  keepSecret(password);
  const bar = startBar("Decrypting the key", 100);
  try {
    const account = await decryptKeystoreJson(json, password, (part) => bar.to(Math.round(part * 100)));
    return new Wallet(account.privateKey);
  } catch {
    throw new KeyError("The password does not open the keystore.");
  } finally {
    bar.end();
  }
}

function readKeystore(path: string): string {
  const expected = "an encrypted JSON keystore";
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new FileError(path, expected, error);
  }
  if (!isKeystoreJson(text)) throw new FileError(path, expected);
  return text;
}
