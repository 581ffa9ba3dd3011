// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IPatientControl} from "../../../contracts/interfaces/IPatientControl.sol";
import {Signed} from "../../../contracts/types/Signed.sol";
import {Sentences} from "./Sentences.sol";
import {endOf, oneGrant, oneRevocation, startOf} from "./Words.sol";

/// @dev Of a grant that is conditional, and of any other.
bytes32 constant DOCUMENT = keccak256("a FHIR consent");

enum Kind {
    Grant,
    Revocation,
    RevokeAll,
    Appointment,
    Dismissal
}

/// @notice A signed statement that waits to be delivered, perhaps more than once.
struct Letter {
    Kind kind;
    address patient;
    address signer;
    uint48 issuedAt;
    /// Unix seconds; of those that have one.
    uint48 deadline;
    /// The grantee or the representative.
    address other;
    bytes32 scope;
    /// Terms without a stamp. Of an appointment, its start and its end.
    uint256 terms;
    bool wasDelivered;
}

using LettersLib for Letter global;

library LettersLib {
    function statement(Letter memory letter) internal pure returns (bytes32) {
        (address patient, address other, uint48 issuedAt) = (letter.patient, letter.other, letter.issuedAt);
        if (letter.kind == Kind.Grant) {
            IConsentRegistry.Grant[] memory items = oneGrant(other, letter.scope, letter.terms);
            return Sentences.grants(patient, items, DOCUMENT, issuedAt, letter.deadline);
        }
        if (letter.kind == Kind.Revocation) {
            return Sentences.revocations(patient, oneRevocation(other, letter.scope), issuedAt);
        }
        if (letter.kind == Kind.RevokeAll) return Sentences.revokeAll(patient, issuedAt);
        if (letter.kind == Kind.Dismissal) return Sentences.dismissal(patient, other, issuedAt);
        (uint48 since, uint48 until) = (startOf(letter.terms), endOf(letter.terms));
        return Sentences.appointment(patient, other, since, until, issuedAt, letter.deadline);
    }

    /// @notice The call that delivers it.
    function call(Letter memory letter, Signed memory signed) internal pure returns (bytes memory) {
        (address patient, address other) = (letter.patient, letter.other);
        if (letter.kind == Kind.Grant) {
            IConsentRegistry.Grant[] memory items = oneGrant(other, letter.scope, letter.terms);
            bytes32 sentence = Sentences.STATEMENT;
            uint48 deadline = letter.deadline;
            return abi.encodeCall(IConsentRegistry.grantBySig, (patient, items, sentence, DOCUMENT, deadline, signed));
        }
        if (letter.kind == Kind.Revocation) {
            IConsentRegistry.Revocation[] memory items = oneRevocation(other, letter.scope);
            return abi.encodeCall(IConsentRegistry.revokeBySig, (patient, items, signed));
        }
        if (letter.kind == Kind.RevokeAll) return abi.encodeCall(IConsentRegistry.revokeAllBySig, (patient, signed));
        if (letter.kind == Kind.Dismissal) {
            return abi.encodeCall(IPatientControl.dismissRepresentativeBySig, (patient, other, signed));
        }
        return _appointment(letter, signed);
    }

    function _appointment(Letter memory letter, Signed memory signed) private pure returns (bytes memory) {
        return
            abi.encodeCall(
                IPatientControl.appointRepresentativeBySig,
                (letter.patient, letter.other, startOf(letter.terms), endOf(letter.terms), letter.deadline, signed)
            );
    }
}
