import { type DecisionName, decisionOf } from "../../decisions/names.js";
import { STATUSES, type RecordStatus } from "../../records/status.js";
import { ConsentryError } from "../base.js";

interface AbiInput {
  readonly name: string;
  readonly type: string;
  readonly internalType: string;
}

interface AbiError {
  readonly type: "error";
  readonly name: string;
  readonly inputs: readonly AbiInput[];
}

/** What carries an ABI: a class, so that declarations name it instead of writing the ABI out. */
export interface AbiSource {
  readonly abi: readonly unknown[];
}

type ErrorsIn<Source extends AbiSource> = Extract<Source["abi"][number], AbiError>;

type NameIn<Source extends AbiSource> = ErrorsIn<Source>["name"];

type InputOf<Source extends AbiSource, Name> = Extract<ErrorsIn<Source>, { name: Name }>["inputs"][number];

type ValueOf<Input extends AbiInput> = Input["internalType"] extends "enum Decision"
  ? DecisionName
  : Input["internalType"] extends "enum Status"
    ? RecordStatus
    : Input["type"] extends `uint${string}`
      ? bigint
      : string;

/** The arguments of an error by name: numbers as bigint, addresses, scopes and ids as hex, enums by name. */
export type ContractErrorArgs<Source extends AbiSource, Name extends NameIn<Source>> = {
  readonly [Input in InputOf<Source, Name> as Input["name"]]: ValueOf<Input>;
};

/** Where a decoded error comes from. */
export interface ErrorOrigin {
  /** The revert data. */
  readonly data?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The root of the custom errors of the contracts, each of which has a class of its own.
 *
 * @example
 * import { ContractError } from "@consentry/sdk";
 *
 * if (error instanceof ContractError) console.log(error.code, error.args); // NotSpeakerFor { patient: "0x...", account: "0x..." }
 */
export abstract class ContractError<Args extends object = object> extends ConsentryError {
  override readonly name: string;
  /** The arguments of the error, by name. */
  readonly args: Args;
  /** The revert data; undefined if the SDK saw the mistake before sending. */
  readonly data: string | undefined;

  constructor(errorName: string, message: string, hint: string, args: Args, { data, cause }: ErrorOrigin) {
    super(message, { code: errorName, hint, cause });
    this.name = `${errorName}Error`;
    this.args = args;
    this.data = data;
  }
}

/** The class of one custom error. */
export interface ContractErrorClass<Args extends object> {
  new (args: Args, origin?: ErrorOrigin): ContractError<Args>;
  /** The name of the error in the contract. */
  readonly errorName: string;
}

type Define<Source extends AbiSource> = <Name extends NameIn<Source>>(
  errorName: Name,
  message: (args: ContractErrorArgs<Source, Name>) => string,
  hint: string,
) => ContractErrorClass<ContractErrorArgs<Source, Name>>;

/**
 * Makes base classes for the errors of an ABI, against whose type their names and arguments are checked.
 *
 * @returns a function of the error's name, its message and what to do about it
 */
export function errorsOf<Source extends AbiSource>(): Define<Source> {
  return (errorName, message, hint) =>
    class extends ContractError<ContractErrorArgs<Source, typeof errorName>> {
      static readonly errorName = errorName;

      constructor(args: ContractErrorArgs<Source, typeof errorName>, origin: ErrorOrigin = {}) {
        super(errorName, message(args), hint, args, origin);
      }
    };
}

/** An argument as the ABI decoded it, with the names of enums, which are numbers in the ABI. */
export function valueOf(name: string, value: unknown): unknown {
  if (name === "decision") return decisionOf(value as bigint);
  if (name === "status") return STATUSES[Number(value)] ?? value;
  return value;
}
