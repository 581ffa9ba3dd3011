/** The compiler that Hardhat uses, asked directly. */
import solc from "solc";
import type { Sources } from "./sources.js";

export interface CompiledContract {
  abi: unknown[];
  metadata: string;
  evm: {
    bytecode: { object: string };
    deployedBytecode: { object: string };
    methodIdentifiers: Record<string, string>;
  };
}

export interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  sources: Record<string, { id: number; ast: { nodes: unknown[] } }>;
  contracts?: Record<string, Record<string, CompiledContract>>;
}

export type Settings = Record<string, unknown>;

/** What the compiler answers, errors included. */
export function compile(sources: Sources, settings: Settings): Output {
  return JSON.parse((solc.compile as (input: string) => string)(standardInput(sources, settings))) as Output;
}

export function standardInput(sources: Sources, settings: Settings): string {
  const contents = Object.entries(sources).map(([name, content]) => [name, { content }]);
  return JSON.stringify({ language: "Solidity", sources: Object.fromEntries(contents) as unknown, settings });
}

/** The errors, without warnings, as the compiler prints them. */
export function errorsIn({ errors = [] }: Output): string[] {
  return errors.filter(({ severity }) => severity === "error").map(({ formattedMessage }) => formattedMessage);
}
