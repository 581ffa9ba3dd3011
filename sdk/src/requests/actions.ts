import type { Context } from "../context.js";
import { bind } from "../writes/action.js";
import { create as createRequest } from "./create.js";
import { fromLink, toLink } from "./link.js";
import { parseRequest } from "./parse.js";
import { type RequestChanges, type RequestedGrant, toGrant } from "./toGrant.js";
import type { AccessRequest, RequestInput, RequestOptions } from "./types.js";
import { type VerifiedRequest, verify as verifyRequest } from "./verify.js";

/** `client.requests`: what providers ask patients for. A request is answered by a grant, and refused by no answer. */
export interface RequestActions {
  /**
   * Asks for access: what, what for, until when and why, signed by a provider or its member. Nothing is sent.
   *
   * @throws UnknownCodeError, InvalidAddressError, InvalidDateError, InvalidParameterError
   * @throws RequesterNotActiveError, NotActingForError, NoSignerError, UserRejectedError
   */
  create: (input: RequestInput, options?: RequestOptions) => Promise<AccessRequest>;
  /**
   * Tells whether a request is what it says to be, and who asks: show no other to a patient.
   *
   * @throws MalformedRequestError, OtherDeploymentError, RequestNotOpenError, InvalidSignatureError
   * @throws RequesterNotActiveError, NotActingForError; NetworkError, TimeoutError: take it as not verified
   */
  verify: (input: unknown) => Promise<VerifiedRequest>;
  /**
   * Reads a request, as JSON or its text, strictly. Nothing is verified.
   *
   * @throws MalformedRequestError, UnknownCodeError
   */
  parse: (input: unknown) => AccessRequest;
  /**
   * The parameters of the grant that answers a verified request; changes can only narrow it.
   *
   * @throws InvalidParameterError if a change allows more than was asked for
   */
  toGrant: (request: AccessRequest, changes?: RequestChanges) => RequestedGrant;
  /**
   * A link to a page that shows a request; it stands in the fragment, which no server sees.
   *
   * @throws InvalidParameterError, MalformedRequestError
   */
  toLink: (request: AccessRequest, page: string) => string;
  /**
   * Reads the request in a link. Nothing is verified.
   *
   * @throws MalformedRequestError, UnknownCodeError
   */
  fromLink: (link: string) => AccessRequest;
}

/** The actions of `client.requests`, bound to a context. */
export function requestsOf(context: Context): RequestActions {
  return {
    create: bind(context, createRequest),
    verify: bind(context, verifyRequest),
    parse: parseRequest,
    toGrant,
    toLink,
    fromLink,
  };
}
