import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@consentry/sdk";
import { abi as openZeppelin } from "../../sdk/src/errors/contract/openZeppelinAbi.js";
import { OperatorError } from "../deployment/errors.js";
import { ROOT } from "../deployment/settings.js";
import type { ErrorEntry } from "./sdk.js";

const FOLDER = "contracts/interfaces";
const ERROR = /((?: *\/\/\/.*\n)*) *error (\w+)\(([^)]*)\);/g;

/** The custom errors of the interfaces: what NatSpec says, and what the SDK advises. */
export function contractErrors(): ErrorEntry[] {
  return readdirSync(join(ROOT, FOLDER)).flatMap((file) => {
    const source = readFileSync(join(ROOT, FOLDER, file), "utf8");
    return [...source.matchAll(ERROR)].map(([, notice = "", name = "", inputs = ""]) => ({
      name,
      signature: `${name}(${inputs})`,
      source: `${FOLDER}/${file}`,
      cause: textOf(notice, name),
      remedy: adviceOn(name, samples(inputs)).hint,
    }));
  });
}

/** The errors that come from OpenZeppelin's contracts: what the SDK says. */
export function libraryErrors(): ErrorEntry[] {
  return openZeppelin.map(({ name, inputs }) => {
    const named = Object.fromEntries(inputs.map((input) => [input.name, `\`${input.name}\``]));
    const { shortMessage, hint } = adviceOn(name, named);
    const args = inputs.map((input) => `${input.type} ${input.name}`).join(", ");
    return {
      name,
      signature: `${name}(${args})`,
      source: "@openzeppelin/contracts",
      cause: shortMessage,
      remedy: hint,
    };
  });
}

function textOf(notice: string, name: string): string {
  const text = notice
    .replaceAll(/ *\/\/\/ ?/g, "")
    .replace("@notice ", "")
    .trim();
  if (text === "") throw new OperatorError(`The error ${name} says nothing about itself: add a @notice.`);
  return text.replaceAll(/\s*\n\s*/g, " ");
}

type ErrorClass = new (args: object) => sdk.ContractError;

/** What the SDK's class says of an error. */
function adviceOn(name: string, args: object): sdk.ContractError {
  const type = (sdk as unknown as Record<string, ErrorClass | undefined>)[`${name}Error`];
  if (type === undefined) throw new OperatorError(`The SDK has no class for ${name}.`);
  return new type(args);
}

/** Some value for each argument; only the advice is used, which is the same for all. */
function samples(inputs: string): object {
  const pairs = inputs.split(", ").filter((input) => input !== "");
  return Object.fromEntries(
    pairs.map((input) => {
      const [type = "", name = ""] = input.split(" ");
      return [name, sampleOf(type)];
    }),
  );
}

function sampleOf(type: string): unknown {
  if (type.startsWith("uint")) return 1n;
  return { Decision: "NoConsent", Status: "registered" }[type] ?? `0x${"01".repeat(32)}`;
}
