import { ConsentryError } from "@consentry/sdk";

/** What was posted is longer than a statement may be. */
export class StatementTooLongError extends ConsentryError {
  override readonly name = "StatementTooLongError";

  constructor(limit: number) {
    super(`A statement may have at most ${limit} bytes.`, {
      code: "StatementTooLong",
      hint: "Have fewer consents signed at once.",
    });
  }
}

/** What was posted does not say that it is JSON. */
export class NotJsonError extends ConsentryError {
  override readonly name = "NotJsonError";

  constructor() {
    super("The body is not JSON.", {
      code: "NotJson",
      hint: "Post the signed statement as it is, with the header content-type: application/json.",
    });
  }
}

/** A request that HTTP or the relayer does not know. */
export class UnknownRouteError extends ConsentryError {
  override readonly name = "UnknownRouteError";

  constructor() {
    super("There is nothing here.", {
      code: "UnknownRoute",
      hint: "POST /statements, GET /statements/<id>, GET /health and GET /ready are all there is.",
    });
  }
}

/** A request that makes no sense as HTTP. */
export class MalformedHttpError extends ConsentryError {
  override readonly name = "MalformedHttpError";

  constructor() {
    super("The request can't be read.", { code: "MalformedHttp", hint: "Send what the API describes." });
  }
}

/** The relayer has no statement with this id. */
export class UnknownStatementError extends ConsentryError {
  override readonly name = "UnknownStatementError";

  constructor() {
    super("There is no statement with this id.", {
      code: "UnknownStatement",
      hint: "It was never accepted, or ended long ago: post it again, or look up what stands on the chain.",
    });
  }
}

/** Something failed that should not have. */
export class RelayerFaultError extends ConsentryError {
  override readonly name = "RelayerFaultError";

  constructor(cause: unknown) {
    super("The relayer failed unexpectedly.", {
      code: "RelayerFault",
      hint: "Post the statement again: the same statement is delivered once.",
      cause,
    });
  }
}
