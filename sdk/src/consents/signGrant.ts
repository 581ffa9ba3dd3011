import { ZeroHash } from "ethers";
import type { Context } from "../context.js";
import { deadlineOf, patientOr, signStatement, type Speaker, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { GrantMessage, SignedStatementOf, SignOptions } from "../signing/types.js";
import { renderStatement } from "../statements/renderStatement.js";
import type { Locale } from "../statements/texts/index.js";
import type { StatementTexts } from "../statements/texts/types.js";
import { toBoolean } from "../values/booleans.js";
import { toBytes32 } from "../values/bytes.js";
import { prepareAll, requireDocument, requireKeys } from "./grant.js";
import { clearShadows } from "./shadow.js";
import { stampsAt, wordsAt } from "./stamps.js";
import { type PreparedGrant, toContractGrant } from "./toGrant.js";
import type { ConsentInputs, GrantOptions } from "./types.js";

/** What holds for all consents of one signature. */
export interface SignGrantOptions extends Omit<GrantOptions, "evidence"> {
  /** Hash of the document that narrows conditional consents: 32 bytes. */
  document?: string | Uint8Array | undefined;
  /** The language of the sentences that are signed, or texts as those of `@consentry/sdk/texts`; English if left out. */
  locale?: Locale | StatementTexts | undefined;
}

/** One consent, or several under one signature. */
export type SignGrantParams = SignGrantOptions & ConsentInputs;

const OPTION_KEYS = ["patient", "document", "locale", "clear"] as const satisfies readonly (keyof SignGrantOptions)[];

/**
 * Signs consents, without sending anything: what is signed holds the sentences that the patient reads.
 *
 * They count from their stamp, the chain's time at which they are signed, once somebody delivers them (`relay.submit`); what
 * was said after that stamp stays. The patient is the account that signs unless `patient` names another.
 *
 * @param params as of `grant`; `document` takes the place of `evidence`
 * @returns plain JSON; `message.statement` is what the patient reads
 * @throws UnknownCodeError, InvalidAddressError, InvalidDateError, InvalidParameterError before anything is signed
 * @throws ShadowedByRefusalError if an older refusal would outlast the grant, unless `clear`
 * @throws ConditionalWithoutDocumentError, DeadlineTooFarError, DeadlinePassedError
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.consents.grant.sign({
 *   grantee,
 *   categories: ["LABS"],
 *   purposes: ["TREAT"],
 *   actions: ["access"],
 *   until: "2027-01-01",
 * });
 * console.log(signed.message.statement); // Consent to the use of health data [Consentry en/1] ...
 * await relayer.relay.submit(signed);
 */
export async function signGrant(
  context: Context,
  params: SignGrantParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"Grants">> {
  requireKeys(params, OPTION_KEYS);
  const clear = toBoolean(params.clear, "clear");
  const document = params.document === undefined ? ZeroHash : toBytes32(params.document, "document");
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const prepared = prepareAll(params, patient);
  requireDocument(prepared, document);
  const grants = await clearShadows(context, patient, prepared, clear);
  return signPrepared(context, speaker, { patient, grants, document, locale: params.locale }, options);
}

/** What is to be signed, checked. */
export interface PreparedGrants extends Pick<SignGrantOptions, "locale"> {
  patient: string;
  grants: readonly PreparedGrant[];
  document: string;
}

/** Signs consents that have been checked. */
export async function signPrepared(
  context: Context,
  speaker: Speaker,
  { patient, grants, document, locale }: PreparedGrants,
  options: SignOptions,
): Promise<SignedStatementOf<"Grants">> {
  const words = await wordsAt(context, patient, grants);
  const issuedAt = await nextStamp(context, patient, speaker, await stampsAt(context, patient, grants, words));
  const stated = grants.map((grant, i) => ({ ...toContractGrant(grant), replaces: words[i] }));
  const statement = renderStatement({ patient, grants: stated, issuedAt, document }, locale);
  return signStatement(context, speaker, "Grants", {
    patient,
    grants: grants.map(messageOf),
    statement,
    document,
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf(options, issuedAt)),
  });
}

function messageOf({ grantee, scope, bits }: PreparedGrant): GrantMessage {
  return {
    grantee,
    scope,
    categories: String(bits.categories),
    purposes: String(bits.purposes),
    actions: String(bits.actions),
    notBefore: String(bits.notBefore),
    expiresAt: String(bits.expiresAt),
    conditional: bits.conditional,
  };
}
