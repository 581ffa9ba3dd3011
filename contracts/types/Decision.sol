// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Scope} from "./Scope.sol";

/**
 * @notice The answer to "may this grantee do this?". The zero value is a refusal; docs/model.md explains each.
 * @dev From `Withheld` on, the order is the precedence of reasons: of several, the highest is given.
 */
enum Decision {
    /// The patient has said nothing that concerns the grantee; the record is unknown or erased; or the grantee controls the
    /// patient, but somebody else asked in its name.
    NoConsent,
    /// A consent of the patient covers the request.
    Permit,
    /// A consent covers it as far as bits can say; the signed document narrows it. A refusal to every contract.
    PermitConditional,
    /// Break-glass is open.
    PermitEmergency,
    /// The grantee controls the patient itself.
    PermitSelf,
    /// The grantee keeps the record and needs it for treatment, payment or operations.
    PermitCustodian,
    /// The question makes no sense: a zero address, no or undefined bits, an id of the wrong kind.
    InvalidRequest,
    /// The patient hid this record, or excluded this kind of data from break-glass.
    Withheld,
    /// The patient withdrew.
    Revoked,
    /// The consent starts later.
    NotYetValid,
    /// The consent has ended.
    Expired,
    /// A consent stands, but not for this kind of data, or not for data this sensitive.
    CategoryNotCovered,
    /// A consent stands, but not for this purpose.
    PurposeNotCovered,
    /// A consent stands, but not for this action.
    ActionNotCovered,
    /// The directory lists the grantee, but not as active: suspended, revoked or expired.
    GranteeNotActive
}

/// @notice A decision and the word it rests on. `holder` and `scope` are zero where no word decided.
struct Outcome {
    Decision decision;
    address holder;
    Scope scope;
}

using DecisionLib for Decision global;

/// @notice Pure.
library DecisionLib {
    /// @notice Whether a contract may act on it: every permit but the conditional one.
    function isPermit(Decision decision) internal pure returns (bool) {
        return
            decision == Decision.Permit ||
            decision == Decision.PermitEmergency ||
            decision == Decision.PermitSelf ||
            decision == Decision.PermitCustodian;
    }
}
