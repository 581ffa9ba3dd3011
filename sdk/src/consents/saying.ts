import type { Context } from "../context.js";
import { afterGrant, afterRevoke, type Moment } from "../decisions/saying.js";
import type { Place } from "../decisions/circumstances.js";
import { InvalidParameterError } from "../errors/input.js";
import { prepareGrant } from "./grant.js";
import { prepareRevoke, type RevokeParams } from "./revoke.js";
import { prepareRevokeAll, type RevokeAllParams } from "./revokeAll.js";
import { packTerms } from "./terms.js";
import type { GrantParams } from "./types.js";

/** Something that a patient may say: one of the three. */
export type SayingInput =
  | { grant: GrantParams; revoke?: undefined; revokeAll?: undefined }
  | { grant?: undefined; revoke: RevokeParams; revokeAll?: undefined }
  | { grant?: undefined; revoke?: undefined; revokeAll: RevokeAllParams };

/** Something that a patient may say, as what becomes of words. */
export interface Saying {
  patient: string;
  /** In the order in which they are said: which word, and what stands there afterwards. */
  words: readonly (Place & { say: (stored: bigint, moment: Moment) => bigint })[];
  isRevokeAll: boolean;
}

/**
 * Checks what would be said as the write does before it sends.
 *
 * @throws whatever the write throws before anything is sent
 */
export async function prepareSaying(context: Context, input: SayingInput): Promise<Saying> {
  const { grant, revoke, revokeAll } = input;
  if ([grant, revoke, revokeAll].filter((each) => each !== undefined).length !== 1) {
    throw new InvalidParameterError("grant", "given, or else revoke or revokeAll", "Simulate each by itself.");
  }
  if (grant !== undefined) return sayingOfGrant(context, grant);
  if (revoke !== undefined) return sayingOfRevoke(context, revoke);
  return { patient: await prepareRevokeAll(context, revokeAll), words: [], isRevokeAll: true };
}

async function sayingOfGrant(context: Context, params: GrantParams): Promise<Saying> {
  const { patient, grants } = await prepareGrant(context, params);
  const words = grants.map(({ grantee, scope, bits }) => {
    const say = (stored: bigint, moment: Moment): bigint => afterGrant(stored, packTerms(bits), scope, moment);
    return { holder: grantee, scope, say };
  });
  return { patient, words, isRevokeAll: false };
}

async function sayingOfRevoke(context: Context, params: RevokeParams): Promise<Saying> {
  const { patient, revocations } = await prepareRevoke(context, params);
  const words = revocations.map(({ grantee, scope }) => ({ holder: grantee, scope, say: afterRevoke }));
  return { patient, words, isRevokeAll: false };
}
