import { ZeroAddress } from "ethers";
import { unpackTerms } from "../consents/terms.js";
import type { Context } from "../context.js";
import type { Narrow } from "../documents/types.js";
import { decidingScope, type Scope } from "../scopes/scope.js";
import type { ReadBlock } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import { type End, endOf } from "../values/dates.js";
import { addressIn } from "../values/words.js";
import { type DecisionName, decisionOf, DECISIONS, isPermit } from "./names.js";
import { decisionTexts } from "./texts.js";

/** The answer to "may this grantee do this?", and what it rests on. */
export interface Decision {
  /** True for an unconditional permit only. */
  permitted: boolean;
  decision: DecisionName;
  /** One short sentence. */
  reason: string;
  /** What it means and what to do about it. */
  explanation: string;
  /** A consent covers the request, but a signed document narrows it: read the document first. */
  conditional: boolean;
  /** To whom the deciding word was said: the grantee or ANY_PROVIDER; undefined where no word decided. */
  holder: string | undefined;
  /** In which scope the deciding word stands; undefined where no word decided. */
  scope: Scope | undefined;
}

/** For which block a decision holds. */
export interface DecisionPosition {
  /** The block whose state and time the decision is of. */
  blockNumber: number;
  blockHash: string;
  /** The time of that block: what happened since is not in the decision, as where a chain stands still. */
  blockTime: Date;
  /** Whether the past was asked for: `decision` tells what would have been answered then, and `permitted` is false. */
  historical: boolean;
}

/** A decision and the block for which it holds. */
export interface DecisionAtBlock extends Decision, DecisionPosition {
  /** When the consent that permits ends, unless somebody ends it before; undefined for all other decisions. */
  validUntil: End | undefined;
  /**
   * Of a conditional decision: what the signed document lets out of some resources. Nobody else may release anything on it.
   *
   * It decides again, so that what was withdrawn since lets nothing out; then asks the `documents` of `connect` for the
   * document, proves it by its hash, and refuses if it is missing or altered.
   *
   * @throws NoDocumentsError if `connect` was given none; MalformedResourceError, NetworkError, TimeoutError, RpcError
   */
  narrow?: Narrow;
}

const EXPIRED = BigInt(DECISIONS.indexOf("Expired"));

/** An outcome as the contracts return it. */
export interface RawOutcome {
  decision: bigint;
  holder: string;
  scope: string;
}

/** An outcome in the three words that a contract returned for it. */
export function outcomeIn([decision = "0x", holder = "0x", scope = "0x"]: readonly string[]): RawOutcome {
  return { decision: BigInt(decision), holder: addressIn(holder), scope };
}

/** An outcome in words. */
export function describeOutcome({ decision: value, holder, scope }: RawOutcome): Decision {
  const decision = decisionOf(value);
  return {
    permitted: isPermit(decision),
    decision,
    ...decisionTexts[decision],
    conditional: decision === "PermitConditional",
    holder: holder === ZeroAddress ? undefined : holder,
    scope: decidingScope(scope),
  };
}

/** An outcome at a block. One of the past permits nothing now. */
export function describeAt(outcome: RawOutcome, block: ReadBlock): Decision & DecisionPosition {
  const { number, hash, timestamp, past } = block;
  const decision = describeOutcome(outcome);
  const historical = past !== undefined;
  const permitted = decision.permitted && !historical;
  const blockTime = new Date(timestamp * 1000);
  return { ...decision, permitted, blockNumber: number, blockHash: hash, blockTime, historical };
}

/** An outcome at a block, with the end of the consent that permits. */
export async function describeAtBlock(
  context: Context,
  outcome: RawOutcome,
  patient: string,
  block: ReadBlock,
): Promise<DecisionAtBlock> {
  const { holder, scope } = outcome;
  if (!rests(describeAt(outcome, block))) return describeWith(outcome, 0n, block);
  return describeWith(outcome, await context.consents.termsOf(patient, holder, scope, atBlock(block)), block);
}

/** An outcome at a block, with the end of the word that decided. */
export function describeWith(outcome: RawOutcome, word: bigint, block: ReadBlock): DecisionAtBlock {
  const decision = describeAt(outcome, block);
  if (!rests(decision)) return { ...decision, validUntil: undefined };
  const validUntil = endOf(unpackTerms(word).expiresAt);
  // The newest block may be old, where a chain makes no blocks while nothing happens.
  if (validUntil instanceof Date && validUntil.getTime() <= (block.past?.getTime() ?? Date.now())) {
    return { ...describeAt({ ...outcome, decision: EXPIRED }, block), validUntil: undefined };
  }
  return { ...decision, validUntil };
}

/** Whether a decision ends with the word it rests on. */
function rests({ decision, holder }: Decision): boolean {
  return holder !== undefined && (isPermit(decision) || decision === "PermitConditional");
}
