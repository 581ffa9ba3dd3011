import { hexlify, randomBytes } from "ethers";
import { type Client, contextOfClient } from "../client.js";
import type { Context } from "../context.js";
import {
  AlreadyLinkedError,
  ChallengeExpiredError,
  PatientLinkStoreError,
  UnknownChallengeError,
} from "../errors/links.js";
import { InvalidParameterError } from "../errors/input.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { accountOf } from "../signing/account.js";
import { domainOf } from "../signing/typedData.js";
import { toParty } from "../values/address.js";
import { toBytes32, toHex } from "../values/bytes.js";
import { toDate } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { statementOf, toOrigin } from "./challenge.js";
import { toIdentifier } from "./identifier.js";
import { requireController, requireSigned } from "./requireController.js";
import type { PatientLinkStore } from "./store.js";
import type { LinkAnswer, LinkChallenge, PatientIdentifier, PatientLink } from "./types.js";

/** Where patients are linked. */
export interface PatientLinksParams {
  /** The origin of the EHR's site, as in `https://ehr.example`: what the patient reads and what a challenge is good for. */
  audience: string;
  store: PatientLinkStore;
  /** How long a challenge can be answered, in seconds, at most a day; 600 if left out. */
  lifetime?: number | undefined;
}

const USUAL_LIFETIME = 600;
const LONGEST_LIFETIME = 86_400;

/** More than any signature that is taken. */
const LONGEST_SIGNATURE = 2 + 2 * 8_192;

/**
 * The patients of one EHR and their addresses. No error names an identifier.
 *
 * @example
 * import { PatientLinks } from "@consentry/sdk/server";
 *
 * const links = new PatientLinks(consentry, { audience: "https://ehr.example", store });
 * const challenge = await links.challenge({ system: "urn:oid:2.16.840.1.113883.19.5", value: "MRN-4711" }, address);
 */
export class PatientLinks {
  readonly #context: Context;
  readonly #audience: string;
  readonly #store: PatientLinkStore;
  readonly #lifetime: number;

  /**
   * @param client of the EHR; no signer is needed
   * @throws InvalidParameterError
   */
  constructor(client: Client, params: PatientLinksParams) {
    onlyKeys(params, ["audience", "store", "lifetime"]);
    this.#context = contextOfClient(client);
    this.#audience = toOrigin(params.audience, "audience");
    this.#store = params.store;
    this.#lifetime = toLifetime(params.lifetime);
  }

  /**
   * Asks whoever controls an address to prove it. Ask only for the patient who is signed in, or stands at the desk: that is
   * what ties the identifier to the address.
   *
   * @param patient the address that the patient says to have
   * @returns plain JSON for the patient's `links.sign`; it does not name the identifier
   * @throws AlreadyLinkedError, InvalidParameterError, InvalidAddressError, PatientLinkStoreError
   */
  async challenge(identifier: PatientIdentifier, patient: string): Promise<LinkChallenge> {
    const who = toIdentifier(identifier);
    const address = toParty(patient, "patient");
    if ((await this.#ask((store) => store.find(who))) !== undefined) throw new AlreadyLinkedError();
    const now = Date.now();
    const message = {
      patient: address,
      audience: this.#audience,
      statement: statementOf(address, this.#audience),
      nonce: hexlify(randomBytes(32)),
      issuedAt: String(now),
      deadline: String(Math.floor(now / 1000) + this.#lifetime),
    };
    await this.#ask((store) => store.open({ identifier: who, message }));
    return this.#challengeOf(message);
  }

  /**
   * Links the identifier of a challenge to the address that was proved. Each challenge is good for one answer, right or wrong.
   *
   * @param answer what the patient's `links.sign` returned, as it came
   * @throws UnknownChallengeError, ChallengeExpiredError, AlreadyLinkedError
   * @throws InvalidSignatureError, UnknownVerifierError, NotControllerOfError
   * @throws InvalidParameterError, PatientLinkStoreError; NetworkError, TimeoutError: not linked
   */
  async confirm(answer: LinkAnswer): Promise<PatientLink> {
    const { nonce, signer, signature } = toAnswer(answer);
    const open = await this.#ask((store) => store.take(nonce));
    if (open === undefined) throw new UnknownChallengeError();
    const { identifier, message } = open;
    const { patient, deadline } = message;
    if (Number(deadline) * 1000 + 999 < Date.now()) throw new ChallengeExpiredError(toDate(BigInt(deadline)));
    const challenge = this.#challengeOf(message);
    await this.#prove(challenge, { signer, signature });
    const link = { identifier, patient, proof: { ...challenge, nonce, signer, signature } };
    if (!(await this.#ask((store) => store.add(link)))) throw new AlreadyLinkedError();
    return link;
  }

  /**
   * The address of a patient; undefined if there is no link: then nothing can be permitted.
   *
   * @throws InvalidParameterError, PatientLinkStoreError
   */
  async patientOf(identifier: PatientIdentifier): Promise<string | undefined> {
    const who = toIdentifier(identifier);
    return (await this.#ask((store) => store.find(who)))?.patient;
  }

  /**
   * Removes a link, as of a patient who has another address now.
   *
   * @returns false if there was no such link
   * @throws InvalidParameterError, InvalidAddressError, PatientLinkStoreError
   */
  async remove(identifier: PatientIdentifier, patient: string): Promise<boolean> {
    const [who, address] = [toIdentifier(identifier), toParty(patient, "patient")];
    return this.#ask((store) => store.remove(who, address));
  }

  #challengeOf(message: LinkChallenge["message"]): LinkChallenge {
    return { primaryType: "PatientLink", domain: domainOf(this.#context), message };
  }

  async #prove(challenge: LinkChallenge, signed: Pick<LinkAnswer, "signer" | "signature">): Promise<void> {
    try {
      await requireSigned(this.#context, challenge, signed);
      await requireController(this.#context, challenge.message.patient, accountOf(signed.signer));
    } catch (error) {
      throw toConsentryError(error);
    }
  }

  async #ask<Answer>(action: (store: PatientLinkStore) => Promise<Answer>): Promise<Answer> {
    try {
      return await action(this.#store);
    } catch (error) {
      throw new PatientLinkStoreError(error);
    }
  }
}

function toAnswer(answer: LinkAnswer): LinkAnswer {
  onlyKeys(answer, ["nonce", "signer", "signature"], "answer.");
  const { nonce, signer, signature } = answer;
  if (`${signer}${signature}`.length > LONGEST_SIGNATURE) {
    throw new InvalidParameterError("answer.signature", `shorter than ${LONGEST_SIGNATURE} characters`);
  }
  return {
    nonce: toBytes32(nonce, "answer.nonce"),
    signer: toHex(signer, "answer.signer"),
    signature: toHex(signature, "answer.signature"),
  };
}

function toLifetime(lifetime: number = USUAL_LIFETIME): number {
  if (Number.isInteger(lifetime) && lifetime >= 1 && lifetime <= LONGEST_LIFETIME) return lifetime;
  throw new InvalidParameterError("lifetime", `seconds, from 1 to ${LONGEST_LIFETIME}`);
}
