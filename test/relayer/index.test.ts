import { expect } from "chai";
import * as relayer from "@consentry/relayer";
import { typesOf } from "../../relayer/dist/statements/types.js";
import { STATEMENT_TYPES } from "../../sdk/dist/signing/typedData.js";

describe("@consentry/relayer", () => {
  it("names statements by the types that the SDK signs", () => {
    const names = Object.keys(STATEMENT_TYPES) as (keyof typeof STATEMENT_TYPES)[];
    expect(names).to.have.length(12);
    for (const name of names) expect(typesOf(name)).to.deep.equal(STATEMENT_TYPES[name]);
  });

  it("exports what a program needs, and no more", () => {
    expect(Object.keys(relayer).sort()).to.deep.equal([
      "GasBudgetUsedError",
      "ListenError",
      "LowFundsError",
      "MalformedHttpError",
      "NotJsonError",
      "OwnKeyError",
      "QueueFileError",
      "QueueFullError",
      "QueueStuckError",
      "RelayerFaultError",
      "RelayerKeyError",
      "SettingError",
      "StatementTooLongError",
      "TooManyRequestsError",
      "TooManyStatementsError",
      "UnknownRouteError",
      "UnknownStatementError",
      "UnknownTransactionError",
      "startRelayer",
    ]);
  });
});
