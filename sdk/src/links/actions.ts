import type { Context } from "../context.js";
import { bind } from "../writes/action.js";
import { PatientLinks, type PatientLinksParams } from "./patientLinks.js";
import { sign as signLink, type SignLinkOptions } from "./sign.js";
import type { LinkAnswer, LinkChallenge } from "./types.js";

/** `client.links`: which patient of an EHR has which address. */
export interface LinkActions {
  /**
   * At an EHR: its links, which challenge patients and keep what they proved.
   *
   * @throws InvalidParameterError
   * @example
   * const links = consentry.links.at({ audience: "https://ehr.example", store });
   */
  at: (params: PatientLinksParams) => PatientLinks;
  /**
   * At the patient: answers an EHR's challenge, if it came from the site that it is for.
   *
   * @throws WrongAudienceError, OtherDeploymentError, InvalidParameterError
   * @throws NotControllerOfError, InvalidSignatureError, UserRejectedError, NoSignerError
   */
  sign: (challenge: LinkChallenge, options: SignLinkOptions) => Promise<LinkAnswer>;
}

/** The actions of `client.links`, bound to a context. */
export function linksOf(context: Context): LinkActions {
  return { at: (params) => new PatientLinks(context, params), sign: bind(context, signLink) };
}
