import { readFileSync } from "node:fs";
import { isCancel, password } from "@clack/prompts";
import { decryptKeystoreJson, isKeystoreJson, Wallet } from "ethers";
import { RelayerKeyError, SettingError } from "../errors/operation.js";
import { setting } from "../settings/setting.js";

const EXPECTED = "the path of an encrypted JSON keystore";

/**
 * The key that pays, of the keystore that is named, or else of the environment.
 *
 * @throws RelayerKeyError, SettingError
 */
export async function walletOf(): Promise<Wallet> {
  const keystore = setting("RELAYER_KEYSTORE");
  return keystore === undefined ? walletOfEnvironment() : openKeystore(keystore);
}

function walletOfEnvironment(): Wallet {
  const key = setting("RELAYER_PRIVATE_KEY");
  if (key === undefined) throw new RelayerKeyError("There is no key that pays.");
  try {
    return new Wallet(key.trim());
  } catch {
    throw new RelayerKeyError("RELAYER_PRIVATE_KEY is not a private key.");
  }
}

async function openKeystore(path: string): Promise<Wallet> {
  const json = textOf("RELAYER_KEYSTORE", path, EXPECTED);
  if (!isKeystoreJson(json)) throw new SettingError("RELAYER_KEYSTORE", EXPECTED);
  const word = await passwordOf(path);
  try {
    return new Wallet((await decryptKeystoreJson(json, word)).privateKey);
  } catch {
    throw new RelayerKeyError("The password does not open the keystore.");
  }
}

/** From a file, without the end of its line, or whoever sits at the terminal. */
async function passwordOf(keystore: string): Promise<string> {
  const variable = "RELAYER_KEYSTORE_PASSWORD_FILE";
  const file = setting(variable);
  if (file !== undefined) return textOf(variable, file, "the path of a file with the password").replace(/\r?\n$/, "");
  if (!process.stdin.isTTY)
    throw new RelayerKeyError(`There is no terminal to ask for the password at, and no ${variable}.`);
  const answer = await password({ message: `Password of ${keystore}`, mask: "", output: process.stderr });
  if (isCancel(answer)) throw new RelayerKeyError("The password was not given.");
  return answer;
}

function textOf(variable: string, path: string, expected: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new SettingError(variable, expected);
  }
}
