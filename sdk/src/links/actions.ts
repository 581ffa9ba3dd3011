import type { Context } from "../context.js";
import { bind } from "../writes/action.js";
import { sign as signLink, type SignLinkOptions } from "./sign.js";
import type { LinkAnswer, LinkChallenge } from "./types.js";

/** `client.links`: how a patient proves to an EHR that an address is theirs. The EHR's side is in `@consentry/sdk/server`. */
export interface LinkActions {
  /**
   * Answers an EHR's challenge, if it came from the site that it is for.
   *
   * @throws WrongAudienceError, OtherDeploymentError, InvalidParameterError
   * @throws NotControllerOfError, InvalidSignatureError, UserRejectedError, NoSignerError
   */
  sign: (challenge: LinkChallenge, options: SignLinkOptions) => Promise<LinkAnswer>;
}

/** The actions of `client.links`, bound to a context. */
export function linksOf(context: Context): LinkActions {
  return { sign: bind(context, signLink) };
}
