// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Codes} from "../libraries/Codes.sol";

/**
 * @notice One consent in one storage slot: what is allowed, for what, when, and when the patient said so.
 * @dev From the lowest bit: categories 64 | purposes 32 | actions 8 | notBefore 48 | expiresAt 48 | issuedAt 48 | flags 8.
 *
 * - `notBefore` (inclusive) and `expiresAt` (exclusive) are unix seconds.
 * - `issuedAt`, the stamp, is in milliseconds: the time of the patient's word.
 * - A word of which only the stamp is set is a *tombstone*: a refusal that stays.
 * - The zero word means that the patient has never said anything here.
 */
type Terms is uint256;

/// @dev `expiresAt` of a consent that ends only when the patient ends it.
uint48 constant UNTIL_REVOKED = type(uint48).max;

/// @dev Flag: a document narrows the terms, so a contract can't permit on them alone.
uint8 constant CONDITIONAL = 1;

/// @dev Flag, set by the registry alone: a GENERAL grant that took the place of a refusal. Its start is the refusal's second,
/// or a later one that the patient stated, and narrower grants stamped in or before that second are dead.
uint8 constant AFTER_REFUSAL = 2;

using TermsLib for Terms global;

/// @notice Packs, reads and compares `Terms`. Pure.
library TermsLib {
    uint256 private constant PURPOSES_AT = 64;
    uint256 private constant ACTIONS_AT = 96;
    uint256 private constant NOT_BEFORE_AT = 104;
    uint256 private constant EXPIRES_AT = 152;
    uint256 private constant ISSUED_AT = 200;
    uint256 private constant FLAGS_AT = 248;
    uint256 private constant STAMP_MASK = uint256(type(uint48).max) << ISSUED_AT;

    uint256 private constant NOT_GRANTABLE =
        ~(uint256(Codes.CATEGORIES) |
            (uint256(Codes.PURPOSES & ~Codes.BTG) << PURPOSES_AT) |
            (uint256(Codes.ACTIONS) << ACTIONS_AT) |
            (uint256(type(uint96).max) << NOT_BEFORE_AT) |
            (uint256(CONDITIONAL) << FLAGS_AT));

    // Making

    /// @notice The refusal stated at `stamp`, in milliseconds.
    function tombstone(uint256 stamp) internal pure returns (Terms) {
        return Terms.wrap(stamp << ISSUED_AT);
    }

    /// @notice The same terms, stated at `stamp`, in milliseconds.
    function stampedAt(Terms terms, uint256 stamp) internal pure returns (Terms) {
        return Terms.wrap((Terms.unwrap(terms) & ~STAMP_MASK) | (stamp << ISSUED_AT));
    }

    /// @notice The same terms, marked as in the place of a refusal, from `start` on (unix seconds).
    function afterRefusal(Terms terms, uint256 start) internal pure returns (Terms) {
        uint256 others = Terms.unwrap(terms) & ~(uint256(type(uint48).max) << NOT_BEFORE_AT);
        return Terms.wrap(others | (start << NOT_BEFORE_AT) | (uint256(AFTER_REFUSAL) << FLAGS_AT));
    }

    // Reading

    function categories(Terms terms) internal pure returns (uint64) {
        return uint64(Terms.unwrap(terms));
    }

    function purposes(Terms terms) internal pure returns (uint32) {
        return uint32(Terms.unwrap(terms) >> PURPOSES_AT);
    }

    function actions(Terms terms) internal pure returns (uint8) {
        return uint8(Terms.unwrap(terms) >> ACTIONS_AT);
    }

    function notBefore(Terms terms) internal pure returns (uint48) {
        return uint48(Terms.unwrap(terms) >> NOT_BEFORE_AT);
    }

    function expiresAt(Terms terms) internal pure returns (uint48) {
        return uint48(Terms.unwrap(terms) >> EXPIRES_AT);
    }

    function issuedAt(Terms terms) internal pure returns (uint48) {
        return uint48(Terms.unwrap(terms) >> ISSUED_AT);
    }

    function flags(Terms terms) internal pure returns (uint8) {
        return uint8(Terms.unwrap(terms) >> FLAGS_AT);
    }

    // Asking

    /// @notice Whether a patient may state these bits: at least one of each kind, none undefined, no break-glass, no stamp.
    function isGrantable(Terms terms) internal pure returns (bool) {
        return
            Terms.unwrap(terms) & NOT_GRANTABLE == 0 &&
            categories(terms) != 0 &&
            purposes(terms) != 0 &&
            actions(terms) != 0;
    }

    function isEmpty(Terms terms) internal pure returns (bool) {
        return Terms.unwrap(terms) == 0;
    }

    /// @notice Every grant has categories, no refusal has.
    function isGrant(Terms terms) internal pure returns (bool) {
        return categories(terms) != 0;
    }

    function isTombstone(Terms terms) internal pure returns (bool) {
        return !isGrant(terms) && !isEmpty(terms);
    }

    function isConditional(Terms terms) internal pure returns (bool) {
        return flags(terms) & CONDITIONAL != 0;
    }

    function isAfterRefusal(Terms terms) internal pure returns (bool) {
        return flags(terms) & AFTER_REFUSAL != 0;
    }

    /// @notice The stamp up to which this word, in the GENERAL scope, ends narrower grants to the grantee; 0: it ends none.
    function endsUntil(Terms terms) internal pure returns (uint256) {
        if (!isGrant(terms)) return issuedAt(terms);
        return isAfterRefusal(terms) ? uint256(notBefore(terms)) * 1000 + 999 : 0;
    }

    function equals(Terms terms, Terms other) internal pure returns (bool) {
        return Terms.unwrap(terms) == Terms.unwrap(other);
    }
}
