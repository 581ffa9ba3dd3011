// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {Decision} from "../types/Decision.sol";
import {ANY_PROVIDER} from "../types/Provider.sol";
import {EMERGENCY, GENERAL, NO_SCOPE, ProgrammeId, RecordId, Scope, ScopeLib} from "../types/Scope.sol";
import {Terms} from "../types/Terms.sol";
import {Codes} from "./Codes.sol";

/// @notice One request and what is known of it while word after word is read. A finding is `decision << 8 | place`, so that the
/// greater of two reasons is the higher one, of equals the last read.
struct Hearing {
    address patient;
    address grantee;
    RecordId record;
    ProgrammeId programme;
    uint256 purpose;
    uint256 categories;
    uint256 action;
    /// What decides, or the reason for a refusal if no further word decides.
    uint256 finding;
    /// The first conditional cover of the step, or zero.
    uint256 conditional;
    uint256 voidBefore;
    /// ANY_PROVIDER's grants mean this grantee.
    bool included;
}

using HearingLib for Hearing global;

/**
 * @notice How words are weighed: narrower beats wider, own beats anybody's, the last word beats the one before.
 * @dev Every access pays for this path, so the request is copied once, and conditions are nested rather than joined: each
 * joined one costs a jump.
 */
library HearingLib {
    // The places where a word can stand that a decision reads, in the order of reading; those of ANY_PROVIDER are odd.
    uint256 private constant OWN_RECORD = 2;
    uint256 private constant ANY_RECORD = 3;
    uint256 private constant OWN_PROGRAMME = 4;
    uint256 private constant OWN_FAMILY = 6;
    uint256 private constant OWN_GENERAL = 8;
    uint256 private constant ANY_FAMILY = 9;
    uint256 private constant ANY_GENERAL = 11;
    uint256 private constant OWN_EMERGENCY = 12;

    // Steps

    /// @notice Step 0: whether the request makes sense.
    function isValid(Hearing memory hearing) internal pure returns (bool) {
        if (hearing.patient == address(0)) return false;
        if (hearing.grantee == address(0)) return false;
        if (hearing.grantee == ANY_PROVIDER) return false;
        if (!hearing.record.isNone()) {
            if (!hearing.record.isWellFormed()) return false;
        }
        if (!hearing.programme.isNone()) {
            if (!hearing.programme.isWellFormed()) return false;
        }
        (uint256 categories, uint256 purpose, uint256 action) = (hearing.categories, hearing.purpose, hearing.action);
        if (categories == 0) return false;
        if (purpose == 0) return false;
        if (action == 0) return false;
        unchecked {
            uint256 undefined =
                (categories & ~uint256(Codes.CATEGORIES)) |
                    (purpose & ~uint256(Codes.PURPOSES)) |
                    (action & ~uint256(Codes.ACTIONS));
            uint256 furtherBits = (purpose & (purpose - 1)) | (action & (action - 1));
            return undefined | furtherBits == 0;
        }
    }

    /// @notice Steps 2 to 4. True if step 5 must be heard, too.
    function hear(
        Hearing memory hearing,
        address grantee,
        mapping(address => mapping(Scope => Terms)) storage words
    ) internal view returns (bool) {
        mapping(Scope => Terms) storage own = words[grantee];
        Terms general = own[GENERAL];
        // The stamp at or before which a grant to the grantee itself is dead.
        uint256 deadUntil = hearing.voidBefore;
        if (general.isGrant()) {
            if (general.notBefore() != 0) deadUntil = _deadUntil(general, deadUntil);
        } else if (!general.isEmpty()) {
            deadUntil = _deadUntil(general, deadUntil);
            hearing.included = false;
        }
        if (!hearing.record.isNone()) {
            if (_hearRecord(hearing, own, words[ANY_PROVIDER], deadUntil)) return false;
        }
        // No grant can carry break-glass, and no general refusal forbids it.
        if (hearing.purpose == Codes.BTG) return true;
        Scope family = _familyOf(hearing);
        if (!_hearOwn(hearing, own, general, family, deadUntil))
            _hearAny(hearing, words[ANY_PROVIDER], family, deadUntil);
        return false;
    }

    /// @notice Step 5: what break-glass opened to a grantee that may break it.
    /// @param excluded The categories that break-glass never opens, as of now.
    function hearEmergency(Hearing memory hearing, Terms word, uint64 excluded) internal view {
        uint256 decision = _readEmergency(hearing, word, excluded);
        uint256 finding = (decision << 8) | OWN_EMERGENCY;
        if (decision == uint256(Decision.PermitEmergency) || finding > hearing.finding) hearing.finding = finding;
    }

    /// @notice The outcome that the finding stands for.
    function spell(Hearing memory hearing) internal pure returns (Decision, address, Scope) {
        Decision decision = Decision(hearing.finding >> 8);
        uint256 place = uint8(hearing.finding);
        if (place == OWN_GENERAL) return (decision, hearing.grantee, GENERAL);
        if (place == OWN_FAMILY) return (decision, hearing.grantee, _familyOf(hearing));
        if (place == 0) return (decision, address(0), NO_SCOPE);
        address holder = _isAny(place) ? ANY_PROVIDER : hearing.grantee;
        if (place == ANY_GENERAL) return (decision, holder, GENERAL);
        if (place == ANY_FAMILY) return (decision, holder, _familyOf(hearing));
        if (place == OWN_PROGRAMME) return (decision, holder, hearing.programme.toScope());
        if (place == OWN_EMERGENCY) return (decision, holder, EMERGENCY);
        return (decision, holder, hearing.record.toScope());
    }

    // Words

    /// @dev Step 2: what was said about this very record.
    function _hearRecord(
        Hearing memory hearing,
        mapping(Scope => Terms) storage own,
        mapping(Scope => Terms) storage any,
        uint256 deadUntil
    ) private view returns (bool) {
        Scope scope = hearing.record.toScope();
        if (_hear(hearing, own[scope], OWN_RECORD, deadUntil)) return true;
        Terms word = any[scope];
        if (!word.isEmpty()) {
            if (_hear(hearing, word, ANY_RECORD, _deadUntil(any[GENERAL], deadUntil))) return true;
        }
        return _endStep(hearing);
    }

    /// @dev Step 3: what was said to the grantee itself.
    function _hearOwn(
        Hearing memory hearing,
        mapping(Scope => Terms) storage own,
        Terms general,
        Scope family,
        uint256 deadUntil
    ) private view returns (bool) {
        if (!hearing.programme.isNone()) {
            if (_hear(hearing, own[hearing.programme.toScope()], OWN_PROGRAMME, deadUntil)) return true;
        }
        if (_hear(hearing, own[family], OWN_FAMILY, deadUntil)) return true;
        if (_hear(hearing, general, OWN_GENERAL, hearing.voidBefore)) return true;
        return _endStep(hearing);
    }

    /// @dev Step 4: what was said to everybody whom the directory lists as active.
    function _hearAny(
        Hearing memory hearing,
        mapping(Scope => Terms) storage any,
        Scope family,
        uint256 deadUntil
    ) private view {
        Terms general = any[GENERAL];
        if (_hear(hearing, any[family], ANY_FAMILY, _deadUntil(general, deadUntil))) return;
        if (_hear(hearing, general, ANY_GENERAL, deadUntil)) return;
        _endStep(hearing);
    }

    /// @dev Takes one word into account. True if it decides.
    function _hear(Hearing memory hearing, Terms word, uint256 place, uint256 deadUntil) private view returns (bool) {
        if (word.isEmpty()) return false;
        if (!word.isGrant()) {
            if (!_endStep(hearing)) hearing.finding = _refusal(place);
            return true;
        }
        if (_isAny(place)) {
            if (!hearing.included) return false;
        }
        uint256 decision = _read(hearing, word, deadUntil);
        uint256 finding = (decision << 8) | place;
        if (decision == uint256(Decision.Permit)) {
            hearing.finding = finding;
            return true;
        }
        if (decision == uint256(Decision.PermitConditional)) {
            if (hearing.conditional == 0) hearing.conditional = finding;
        } else if (finding > hearing.finding) {
            hearing.finding = finding;
        }
        return false;
    }

    /// @dev A conditional cover that was found stands where no unconditional one was.
    function _endStep(Hearing memory hearing) private pure returns (bool) {
        if (hearing.conditional == 0) return false;
        hearing.finding = hearing.conditional;
        return true;
    }

    /// @dev The stamp at or before which narrower grants to the holder of this GENERAL word are dead.
    function _deadUntil(Terms general, uint256 voidBefore) private pure returns (uint256) {
        return Math.max(voidBefore, general.endsUntil());
    }

    /// @dev What a grant, standing alone, says to the hearing.
    function _read(Hearing memory hearing, Terms word, uint256 deadUntil) private view returns (uint256) {
        if (word.issuedAt() <= deadUntil) return uint256(Decision.Revoked);
        if (block.timestamp < word.notBefore()) return uint256(Decision.NotYetValid);
        if (block.timestamp >= word.expiresAt()) return uint256(Decision.Expired);
        if (hearing.categories & ~word.categories() != 0) return uint256(Decision.CategoryNotCovered);
        if (hearing.purpose & word.purposes() == 0) return uint256(Decision.PurposeNotCovered);
        if (hearing.action & word.actions() == 0) return uint256(Decision.ActionNotCovered);
        return word.isConditional() ? uint256(Decision.PermitConditional) : uint256(Decision.Permit);
    }

    function _readEmergency(Hearing memory hearing, Terms word, uint64 excluded) private view returns (uint256) {
        if (!word.isGrant()) return uint256(Decision.Revoked);
        if (hearing.categories & excluded != 0) return uint256(Decision.Withheld);
        uint256 decision = _read(hearing, word, hearing.voidBefore);
        return decision == uint256(Decision.Permit) ? uint256(Decision.PermitEmergency) : decision;
    }

    function _refusal(uint256 place) private pure returns (uint256) {
        return (uint256(place <= ANY_RECORD ? Decision.Withheld : Decision.Revoked) << 8) | place;
    }

    function _isAny(uint256 place) private pure returns (bool) {
        return place & 1 == 1;
    }

    function _familyOf(Hearing memory hearing) private pure returns (Scope) {
        return ScopeLib.ofFamily(Codes.familyOf(uint32(hearing.purpose)));
    }
}
