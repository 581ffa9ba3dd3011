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
 * - A grant in the GENERAL scope is stated without a start. The registry starts it in the second of the last refusal that it
 *   came after, and narrower grants stamped in or before that second are dead: no new consent revives what a refusal ended.
 * - The zero word means that the patient has never said anything here.
 */
type Terms is uint256;

/// @dev `expiresAt` of a consent that ends only when the patient ends it.
uint48 constant UNTIL_REVOKED = type(uint48).max;

/// @dev Flag: a document narrows the terms, so a contract can't permit on them alone.
uint8 constant CONDITIONAL = 1;

using TermsLib for Terms global;

/// @notice Packs, reads and compares `Terms`. Pure.
library TermsLib {
    uint256 private constant PURPOSES_AT = 64;
    uint256 private constant ACTIONS_AT = 96;
    uint256 private constant NOT_BEFORE_AT = 104;
    uint256 private constant EXPIRES_AT = 152;
    uint256 private constant ISSUED_AT = 200;
    uint256 private constant FLAGS_AT = 248;
    uint256 private constant START_MASK = uint256(type(uint48).max) << NOT_BEFORE_AT;
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

    /// @notice What break-glass opens: to see and to use, until `end` (unix seconds).
    function emergency(uint64 opened, uint256 stamp, uint256 end) internal pure returns (Terms) {
        uint256 actions_ = uint256(Codes.ACCESS | Codes.USE) << ACTIONS_AT;
        uint256 what = opened | (uint256(Codes.BTG) << PURPOSES_AT) | actions_;
        return Terms.wrap(what | (end << EXPIRES_AT) | (stamp << ISSUED_AT));
    }

    /// @notice The same terms, stated at `stamp`, in milliseconds.
    function stampedAt(Terms terms, uint256 stamp) internal pure returns (Terms) {
        return Terms.wrap((Terms.unwrap(terms) & ~STAMP_MASK) | (stamp << ISSUED_AT));
    }

    /// @notice The same terms, from `start` on (unix seconds).
    function startedAt(Terms terms, uint256 start) internal pure returns (Terms) {
        return Terms.wrap((Terms.unwrap(terms) & ~START_MASK) | (start << NOT_BEFORE_AT));
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
        if (Terms.unwrap(terms) & NOT_GRANTABLE != 0) return false;
        if (categories(terms) == 0) return false;
        if (purposes(terms) == 0) return false;
        return actions(terms) != 0;
    }

    function isEmpty(Terms terms) internal pure returns (bool) {
        return Terms.unwrap(terms) == 0;
    }

    /// @notice Every grant has categories, no refusal has.
    function isGrant(Terms terms) internal pure returns (bool) {
        return categories(terms) != 0;
    }

    function isConditional(Terms terms) internal pure returns (bool) {
        return flags(terms) & CONDITIONAL != 0;
    }

    /// @notice The second of the last refusal that this word, in the GENERAL scope, is or came after; 0: there was none.
    function refusedAt(Terms terms) internal pure returns (uint256) {
        return isGrant(terms) ? notBefore(terms) : issuedAt(terms) / 1000;
    }

    /// @notice The stamp up to which this word, in the GENERAL scope, ends narrower grants to the grantee; 0: it ends none.
    function endsUntil(Terms terms) internal pure returns (uint256) {
        if (!isGrant(terms)) return issuedAt(terms);
        uint256 start = notBefore(terms);
        return start == 0 ? 0 : start * 1000 + 999;
    }

    /// @notice Whether this word, delivered with a signature, takes the place of the other: it is newer, or as new and, as a
    /// number, smaller, so that a refusal beats a grant and two grants settle alike in any order.
    function supersedes(Terms terms, Terms other) internal pure returns (bool) {
        (uint48 stamp, uint48 otherStamp) = (issuedAt(terms), issuedAt(other));
        return stamp > otherStamp || (stamp == otherStamp && Terms.unwrap(terms) < Terms.unwrap(other));
    }

    function equals(Terms terms, Terms other) internal pure returns (bool) {
        return Terms.unwrap(terms) == Terms.unwrap(other);
    }
}
