// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GENERAL_SCOPE, isConsent, isRefusal, stampOf, stamped} from "./Words.sol";

/**
 * @notice What the actors said, kept by themselves: every word in the order in which it reached the chain, and who could
 * speak. What should stand is worked out anew from all of it each time it is asked.
 */
abstract contract Ledger {
    struct Said {
        /// With its stamp, without what the registry adds.
        uint256 word;
        /// By a direct call, which is the present word.
        bool present;
    }

    struct Person {
        /// Zero: the patient's own key.
        address controller;
        uint48 controlSince;
        uint48 voidBefore;
    }

    struct Mandate {
        uint48 since;
        uint48 until;
        uint48 stamp;
    }

    mapping(address patient => mapping(address grantee => mapping(bytes32 scope => Said[]))) private _said;
    mapping(address patient => Person) internal people;
    mapping(address patient => mapping(address representative => Mandate)) internal mandates;

    // Writing

    function _note(address patient, address grantee, bytes32 scope, uint256 word, bool present) internal {
        _said[patient][grantee][scope].push(Said(word, present));
    }

    /// @dev The present as a stamp.
    function _now() internal view returns (uint48) {
        return uint48(block.timestamp * 1000 + 999);
    }

    /// @dev What a direct call is stamped with.
    function _presentStamp(address patient, address grantee, bytes32 scope) internal view returns (uint48) {
        uint48 stored = stampOf(_standing(patient, grantee, scope));
        uint48 voidBefore = people[patient].voidBefore;
        uint48 stamp = _now() > voidBefore ? _now() : voidBefore + 1;
        return stamp > stored ? stamp : stored;
    }

    // Reading

    /// @dev The last word in a place: of signed ones the newest, of equally new ones the smaller number; a direct call comes
    /// after all before it. A general consent starts in the second of the last refusal that reached the place.
    function _standing(address patient, address grantee, bytes32 scope) internal view returns (uint256 word) {
        Said[] storage said = _said[patient][grantee][scope];
        uint256 start = 0;
        for (uint256 i = 0; i < said.length; ++i) {
            (uint256 next, bool present) = (said[i].word, said[i].present);
            (uint48 stamp, uint48 before) = (stampOf(next), stampOf(word));
            if (present || stamp > before || (stamp == before && next < word)) word = next;
            if (isRefusal(next) && stamp / 1000 > start) start = stamp / 1000;
        }
        if (scope == GENERAL_SCOPE && isConsent(word)) word |= start << 104;
    }

    /// @dev The newest general refusal that ever reached the chain: what was said up to it is over.
    function _refusedUntil(address patient, address grantee) internal view returns (uint48 until) {
        Said[] storage said = _said[patient][grantee][GENERAL_SCOPE];
        for (uint256 i = 0; i < said.length; ++i) {
            if (isRefusal(said[i].word) && stampOf(said[i].word) > until) until = stampOf(said[i].word);
        }
    }

    function _controller(address patient) internal view returns (address) {
        address controller = people[patient].controller;
        return controller == address(0) ? patient : controller;
    }

    function _isRepresentative(address patient, address account) internal view returns (bool) {
        Mandate storage mandate = mandates[patient][account];
        if (mandate.stamp <= people[patient].controlSince) return false;
        return mandate.since <= block.timestamp && block.timestamp < mandate.until;
    }

    function _speaks(address patient, address account) internal view returns (bool) {
        return account == _controller(patient) || _isRepresentative(patient, account);
    }

    /// @dev Whether a consent or a refusal, signed at a time, still counts.
    function _spoke(address patient, address signer, uint48 issuedAt) internal view returns (bool) {
        if (issuedAt >= _now() || issuedAt <= people[patient].controlSince) return false;
        if (signer == _controller(patient)) return true;
        return _isRepresentative(patient, signer) && issuedAt > mandates[patient][signer].stamp;
    }

    /// @dev Whether a word about control, signed at a time, still counts.
    function _commanded(address patient, address signer, uint48 issuedAt) internal view returns (bool) {
        return issuedAt < _now() && issuedAt > people[patient].controlSince && signer == _controller(patient);
    }

    /// @dev As signed: the stamp alone.
    function _refusal(uint48 stamp) internal pure returns (uint256) {
        return stamped(0, stamp);
    }
}
