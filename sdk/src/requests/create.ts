import { hexlify, randomBytes, ZeroAddress } from "ethers";
import { actionsFromBits } from "../codes/actions.js";
import { categoriesFromBits } from "../codes/categories.js";
import { purposesFromBits } from "../codes/purposes.js";
import { prepareGrants } from "../consents/toGrant.js";
import type { Context } from "../context.js";
import { InvalidSignatureError } from "../errors/contract/control.js";
import { InvalidDateError } from "../errors/input.js";
import { NO_ID, toProgrammeId, toRecordId } from "../scopes/ids.js";
import { isSigned } from "../signatures/isSigned.js";
import { speakerOf } from "../signing/sign.js";
import { digestOf, domainOf } from "../signing/typedData.js";
import { toParty } from "../values/address.js";
import { toHex } from "../values/bytes.js";
import { toEnd } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { MOST_DAYS } from "./parse.js";
import { toReason } from "./reason.js";
import { requireRequester } from "./requester.js";
import { typedDataOf } from "./typedData.js";
import type { AccessRequest, RequestInput, RequestMessage, RequestOptions } from "./types.js";

const DAY = 86_400n;
const USUAL_DAYS = 7n;
const INPUT_KEYS = [
  "grantee",
  "patient",
  "categories",
  "purposes",
  "actions",
  "from",
  "until",
  "timeZone",
  "record",
  "programme",
  "reason",
] as const satisfies readonly (keyof RequestInput)[];

/**
 * Asks a patient for access: what data, what for, until when, and why, signed by the provider or a member of it.
 *
 * Nothing is sent. Bring it to the patient as JSON, as a link or as a QR code; it is answered by a grant, and refused by no
 * answer.
 *
 * @returns plain JSON of texts; `message.id` tells it from others
 * @throws UnknownCodeError, InvalidAddressError, InvalidDateError, InvalidParameterError before anything is signed
 * @throws RequesterNotActiveError, NotActingForError: nobody would take the request
 * @throws NoSignerError, UserRejectedError, InvalidSignatureError
 * @example
 * const request = await clinic.requests.create({
 *   categories: ["LABS", "MEDICATIONS"],
 *   purposes: ["TREAT"],
 *   actions: ["access"],
 *   until: "2027-06-30",
 *   reason: "To prepare your operation",
 * });
 * console.log(clinic.requests.toLink(request, "https://consent.example/")); // "https://consent.example/#request=eyJ..."
 */
export async function create(
  context: Context,
  input: RequestInput,
  options: RequestOptions = {},
): Promise<AccessRequest> {
  onlyKeys(input, INPUT_KEYS);
  const { by, signer, account } = await speakerOf(context, options);
  const { timestamp } = await context.transport.head();
  const message = messageOf(input, input.grantee ?? account, BigInt(timestamp), options);
  await requireRequester(context, message.grantee, account);
  const unsigned = { primaryType: "AccessRequest" as const, domain: domainOf(context), message };
  const typedData = typedDataOf(unsigned);
  const signature = toHex(await by.sign(typedData), "signature");
  if (await isSigned(context, { signer, hash: digestOf(typedData), signature })) {
    return { ...unsigned, signer, signature };
  }
  throw new InvalidSignatureError({ account });
}

function messageOf(input: RequestInput, by: string, now: bigint, options: RequestOptions): RequestMessage {
  const { patient: asked, reason: why, record, programme, ...terms } = input;
  const grantee = toParty(by, "grantee");
  const patient = asked === undefined ? ZeroAddress : toParty(asked, "patient");
  const grants = prepareGrants({ ...consentOf({ ...terms, record, programme }), grantee }, patient, "");
  const [{ bits }] = grants as [(typeof grants)[number]];
  return {
    grantee,
    patient,
    categories: categoriesFromBits(bits.categories),
    purposes: purposesFromBits(grants.reduce((all, { bits: { purposes } }) => all | purposes, 0n)),
    actions: actionsFromBits(bits.actions),
    record: record === undefined ? NO_ID : toRecordId(record),
    programme: toProgrammeId(programme),
    notBefore: String(bits.notBefore),
    expiresAt: String(bits.expiresAt),
    reason: toReason(why, "reason"),
    id: hexlify(randomBytes(32)),
    issuedAt: String(now * 1000n),
    deadline: String(deadlineOf(options, now)),
  };
}

/** The terms alone. */
function consentOf({
  categories,
  purposes,
  actions,
  from,
  until,
  timeZone,
  record,
  programme,
}: Omit<RequestInput, "reason">) {
  return { categories, purposes, actions, from, until, timeZone, record, programme };
}

/** Unix seconds. */
function deadlineOf({ deadline: given }: RequestOptions, now: bigint): bigint {
  if (given === undefined) return now + USUAL_DAYS * DAY;
  const deadline = toEnd(given, "options.deadline");
  if (deadline > now && deadline <= now + MOST_DAYS * DAY) return deadline;
  throw new InvalidDateError(
    "options.deadline",
    given,
    `It must be in the future, and at most ${MOST_DAYS} days ahead.`,
  );
}
