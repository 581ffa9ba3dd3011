// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Decision} from "../../../contracts/types/Decision.sol";
import {ProgrammeId, RecordId} from "../../../contracts/types/Scope.sol";
import {Ledger} from "./Ledger.sol";
import {
    ACCESS_ACTION,
    ANY,
    covers,
    EMERGENCY_PURPOSE,
    EMERGENCY_SCOPE,
    endOf,
    GENERAL_SCOPE,
    isConsent,
    isRefusal,
    RESEARCH_PURPOSE,
    RESEARCH_SCOPE,
    stampOf,
    startOf,
    TREAT_SCOPE,
    USE_ACTION
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Whether the ledger bears out a permit: the reason why it does not, or nothing.
abstract contract Judge is Ledger, World {
    string internal constant JUST = "";

    mapping(address provider => bool) internal isInactive;
    bool internal clinicIsCapable = true;
    mapping(address patient => uint64) internal excluded;

    // Property 1: a permit rests on a word.

    function _unspoken(
        IConsentRegistry.Request memory request,
        Decision decision,
        address holder,
        bytes32 scope
    ) internal view returns (string memory) {
        if (decision == Decision.PermitSelf) {
            return request.grantee == _controller(request.patient) ? JUST : "self, but not in control";
        }
        uint256 word = _standing(request.patient, holder, scope);
        if (!isConsent(word)) return "permitted without a word";
        if (!covers(word, request)) return "permitted beyond the word";
        if (decision == Decision.PermitEmergency) return _emergencyFault(request, holder, scope, word);
        if ((word >> 248 == 1) != (decision == Decision.PermitConditional)) return "a condition was lost";
        if (scope == EMERGENCY_SCOPE || request.purpose == EMERGENCY_PURPOSE) return "a consent to an emergency";
        if (!_concerns(request, scope)) return "permitted by a word about something else";
        if (holder == request.grantee) return JUST;
        if (holder != ANY) return "permitted by a word to another";
        return request.grantee == CLINIC || request.grantee == LAB ? JUST : "permitted to one who is not meant";
    }

    function _emergencyFault(
        IConsentRegistry.Request memory request,
        address holder,
        bytes32 scope,
        uint256 word
    ) private view returns (string memory) {
        if (scope != EMERGENCY_SCOPE || request.purpose != EMERGENCY_PURPOSE) return "an emergency that is none";
        if (holder != CLINIC || request.grantee != CLINIC || !clinicIsCapable) return "an emergency of another";
        if (request.categories & excluded[request.patient] != 0) return "an emergency opened what is excluded";
        if (request.action != ACCESS_ACTION && request.action != USE_ACTION) return "an emergency for more than to see";
        return endOf(word) > stampOf(word) / 1000 + WINDOW ? "an emergency without end" : JUST;
    }

    // Property 2: what is withdrawn or over permits nothing.

    function _withdrawn(
        IConsentRegistry.Request memory request,
        Decision decision,
        address holder,
        bytes32 scope
    ) internal view returns (string memory) {
        if (decision == Decision.PermitSelf) return JUST;
        if (isInactive[request.grantee]) return "permitted, but not active";
        uint256 word = _standing(request.patient, holder, scope);
        if (block.timestamp < startOf(word) || block.timestamp >= endOf(word)) return "permitted out of time";
        if (stampOf(word) <= people[request.patient].voidBefore) return "permitted after all was revoked";
        if (_isHidden(request, holder, scope)) return "permitted against a narrower refusal";
        if (scope == EMERGENCY_SCOPE) return JUST;
        if (scope != GENERAL_SCOPE && stampOf(word) <= _refusedUntil(request.patient, holder)) {
            return "permitted after a general refusal";
        }
        if (holder != ANY) return JUST;
        return _refuses(request, request.grantee, GENERAL_SCOPE) ? "permitted to one who was refused" : JUST;
    }

    /// @dev Whether the patient ended what was open, by a word in its place or by revoking all, less than a window ago.
    function _mustWait(address patient, uint256 before) internal view returns (bool) {
        (uint256 ended, uint256 voidBefore) = (stampOf(before), people[patient].voidBefore);
        if (isConsent(before)) {
            bool wasOpen = ended <= voidBefore && voidBefore < uint256(endOf(before)) * 1000;
            ended = wasOpen ? voidBefore : 0;
        }
        return block.timestamp * 1000 < ended + uint256(WINDOW) * 1000;
    }

    function _concerns(IConsentRegistry.Request memory request, bytes32 scope) private pure returns (bool) {
        return
            scope == GENERAL_SCOPE ||
            scope == _family(request) ||
            scope == RecordId.unwrap(request.record) ||
            scope == ProgrammeId.unwrap(request.programme);
    }

    /// @dev Whether a refusal stands that is read before the word in this place.
    function _isHidden(
        IConsentRegistry.Request memory request,
        address holder,
        bytes32 scope
    ) private view returns (bool) {
        (bytes32 record, bytes32 programme) = (RecordId.unwrap(request.record), ProgrammeId.unwrap(request.programme));
        if (record != 0) {
            if (_refuses(request, request.grantee, record)) return true;
            if (scope == record) return false;
            if (_refuses(request, ANY, record)) return true;
        }
        if (scope == EMERGENCY_SCOPE) return false;
        bool isOwn = holder == request.grantee;
        bytes32 family = _family(request);
        if (programme != 0) {
            if (isOwn && scope == programme) return false;
            if (_refuses(request, request.grantee, programme)) return true;
        }
        if (isOwn && scope == family) return false;
        if (_refuses(request, request.grantee, family)) return true;
        return !isOwn && scope == GENERAL_SCOPE && _refuses(request, ANY, family);
    }

    function _refuses(
        IConsentRegistry.Request memory request,
        address holder,
        bytes32 scope
    ) private view returns (bool) {
        return isRefusal(_standing(request.patient, holder, scope));
    }

    function _family(IConsentRegistry.Request memory request) private pure returns (bytes32) {
        return request.purpose == RESEARCH_PURPOSE ? RESEARCH_SCOPE : TREAT_SCOPE;
    }
}
