// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Codes} from "../libraries/Codes.sol";

/**
 * @notice What a consent is about. The first byte is the kind, so that a scope of one kind never passes for another.
 *
 * | kind | name      | the other 31 bytes                                   |
 * | ---- | --------- | ---------------------------------------------------- |
 * | 1    | GENERAL   | zero                                                 |
 * | 2    | PURPOSE   | the bit of the purpose at the root of a family       |
 * | 3    | RECORD    | custodian 20, random 11: a `RecordId`                |
 * | 4    | PROGRAMME | a salted hash that names a study: a `ProgrammeId`    |
 * | 5    | EMERGENCY | zero; no grant can have it, only break-glass         |
 */
type Scope is bytes32;

/// @notice Names a record: kind 1 byte (3), custodian 20 bytes, random 11 bytes. Zero is no record.
type RecordId is bytes32;

/// @notice Names a programme such as a study: kind 1 byte (4), 31 bytes of a hash. Zero is no programme.
type ProgrammeId is bytes32;

/// @dev The scope of an outcome that rests on no word.
Scope constant NO_SCOPE = Scope.wrap(0);

/// @dev The record of a request that names none.
RecordId constant NO_RECORD = RecordId.wrap(0);

/// @dev Everything to one grantee for which there is no narrower word.
Scope constant GENERAL = Scope.wrap(bytes32(bytes1(0x01)));

/// @dev What break-glass opens. No grant can have it.
Scope constant EMERGENCY = Scope.wrap(bytes32(bytes1(0x05)));

using ScopeLib for Scope global;
using ScopeLib for RecordId global;
using ScopeLib for ProgrammeId global;

/// @notice Derives and recognises scopes and the ids that are scopes. Pure.
library ScopeLib {
    bytes1 internal constant PURPOSE_KIND = 0x02;
    bytes1 internal constant RECORD_KIND = 0x03;
    bytes1 internal constant PROGRAMME_KIND = 0x04;

    uint256 private constant CUSTODIAN_AT = 88;

    // Deriving

    /// @notice The scope of the purpose family whose root is the purpose bit `root`.
    function ofFamily(uint32 root) internal pure returns (Scope) {
        return Scope.wrap(bytes32(PURPOSE_KIND) | bytes32(uint256(root)));
    }

    function toScope(RecordId record) internal pure returns (Scope) {
        return Scope.wrap(RecordId.unwrap(record));
    }

    function toScope(ProgrammeId programme) internal pure returns (Scope) {
        return Scope.wrap(ProgrammeId.unwrap(programme));
    }

    function asRecord(Scope scope) internal pure returns (RecordId) {
        return RecordId.wrap(Scope.unwrap(scope));
    }

    function asProgramme(Scope scope) internal pure returns (ProgrammeId) {
        return ProgrammeId.wrap(Scope.unwrap(scope));
    }

    /// @notice The provider that keeps the record and alone may register it.
    function custodian(RecordId record) internal pure returns (address) {
        return address(uint160(uint256(RecordId.unwrap(record)) >> CUSTODIAN_AT));
    }

    /// @notice All purposes of the family that a PURPOSE scope names; 0 if there is no such family.
    function familyMembers(Scope scope) internal pure returns (uint32) {
        uint32 root = uint32(uint256(Scope.unwrap(scope)));
        return scope.equals(ofFamily(root)) ? Codes.membersOf(root) : 0;
    }

    // Recognising

    function kind(Scope scope) internal pure returns (bytes1) {
        return bytes1(Scope.unwrap(scope));
    }

    function equals(Scope scope, Scope other) internal pure returns (bool) {
        return Scope.unwrap(scope) == Scope.unwrap(other);
    }

    function isNone(RecordId record) internal pure returns (bool) {
        return RecordId.unwrap(record) == 0;
    }

    function isNone(ProgrammeId programme) internal pure returns (bool) {
        return ProgrammeId.unwrap(programme) == 0;
    }

    /// @notice Whether the id is of its kind and names a custodian.
    function isWellFormed(RecordId record) internal pure returns (bool) {
        return bytes1(RecordId.unwrap(record)) == RECORD_KIND && custodian(record) != address(0);
    }

    /// @notice Whether the id is of its kind and names something.
    function isWellFormed(ProgrammeId programme) internal pure returns (bool) {
        bytes32 id = ProgrammeId.unwrap(programme);
        return bytes1(id) == PROGRAMME_KIND && id != bytes32(PROGRAMME_KIND);
    }
}
