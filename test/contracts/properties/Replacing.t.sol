// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Decision, Outcome} from "../../../contracts/types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../../../contracts/types/Scope.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {VM} from "./Vm.sol";
import {
    ACCESS_ACTION,
    ANY,
    FOR_EVER,
    GENERAL_SCOPE,
    isRefusal,
    oneGrant,
    oneRevocation,
    packed,
    personOf,
    question,
    RECORD,
    RESEARCH_PURPOSE,
    RESEARCH_SCOPE,
    STUDY,
    TREAT_PURPOSE,
    TREAT_SCOPE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Property 3: what is said in one place, or by one patient, gives nothing in another.
contract ReplacingTest is World {
    uint256 private constant WORDS = 8;

    address[3] private _grantees = [CLINIC, LAB, ANY];
    /// @dev In the order in which one grantee's words are read.
    bytes32[5] private _scopes = [RECORD, STUDY, TREAT_SCOPE, RESEARCH_SCOPE, GENERAL_SCOPE];
    IConsentRegistry.Request[] private _questions;
    IConsentRegistry.Request[] private _questionsOfOther;
    uint256 private _dice;

    function setUp() external {
        for (uint256 i = 0; i < 32; ++i) {
            _questions.push(_question(personOf(0), i));
            _questionsOfOther.push(_question(personOf(1), i));
        }
    }

    function testFuzz_replacingAWordGivesNothingInAnotherPlace(uint256 seed) external {
        _tell(seed);
        (address holder, bytes32 scope) = _anyPlace();
        uint256 before = _wordOf(holder, scope);
        Outcome[] memory outcomes = consents.decideMany(_questions);
        bool isConsent = _roll(3) != 0;
        if (isConsent) _grant(personOf(0), holder, scope);
        else _revoke(personOf(0), holder, scope);
        Outcome[] memory outcomesAfter = consents.decideMany(_questions);
        for (uint256 i = 0; i < outcomes.length; ++i) {
            if (_isPermit(outcomes[i].decision) || !_isPermit(outcomesAfter[i].decision)) continue;
            require(isConsent, "a refusal permitted something");
            (address permits, bytes32 by) = (outcomesAfter[i].holder, Scope.unwrap(outcomesAfter[i].scope));
            if (!isRefusal(before)) require(permits == holder && by == scope, "another word was widened");
            else require(_isReadAfter(permits, by, holder, scope), "what a refusal ended was revived");
        }
    }

    function testFuzz_patientsNeverTouchEachOther(uint256 seed) external {
        _tell(seed);
        Outcome[] memory outcomes = consents.decideMany(_questionsOfOther);
        (address holder, bytes32 scope) = _anyPlace();
        uint256 what = _roll(4);
        if (what == 0) _revoke(personOf(0), holder, scope);
        else if (what == 1) _revokeAll(personOf(0));
        else if (what == 2) _breakGlass(personOf(0));
        else _grant(personOf(0), holder, scope);
        Outcome[] memory outcomesAfter = consents.decideMany(_questionsOfOther);
        require(keccak256(abi.encode(outcomes)) == keccak256(abi.encode(outcomesAfter)), "another patient was touched");
    }

    /// @dev Taking a refusal back lets what it kept from being read speak again: the word in its place and those read after
    /// it, and, of a refusal of a grantee altogether, what everybody was granted.
    function _isReadAfter(address permits, bytes32 by, address holder, bytes32 scope) private view returns (bool) {
        if (permits == ANY && holder != ANY && scope == GENERAL_SCOPE) return true;
        return _rank(permits, by) >= _rank(holder, scope);
    }

    /// @dev Where in a decision a word is read: records first, then the grantee's own words, then everybody's.
    function _rank(address holder, bytes32 scope) private view returns (uint256 rank) {
        while (_scopes[rank] != scope) ++rank;
        if (holder == ANY) rank += scope == RECORD ? 0 : 10;
        return rank * 2 + (holder == ANY ? 1 : 0);
    }

    /// @dev Both patients say something, time goes by or not.
    function _tell(uint256 seed) private {
        _dice = seed;
        for (uint256 i = 0; i < WORDS; ++i) {
            address patient = personOf(_roll(4) / 3);
            (address holder, bytes32 scope) = _anyPlace();
            uint256 what = _roll(8);
            if (what == 0) _revokeAll(patient);
            else if (what < 3) _revoke(patient, holder, scope);
            else _grant(patient, holder, scope);
            VM.warp(block.timestamp + _roll(2));
        }
    }

    function _grant(address patient, address holder, bytes32 scope) private {
        uint32 purposes = TREAT_PURPOSE | RESEARCH_PURPOSE;
        if (scope == TREAT_SCOPE) purposes = TREAT_PURPOSE;
        if (scope == RESEARCH_SCOPE) purposes = RESEARCH_PURPOSE;
        uint256 terms = packed(uint64(1 + _roll(3)), purposes, ACCESS_ACTION, 0, FOR_EVER);
        if (_roll(5) == 0) terms |= 1 << 248;
        VM.prank(patient);
        consents.grant(patient, oneGrant(holder, scope, terms), keccak256("evidence"));
    }

    function _revoke(address patient, address holder, bytes32 scope) private {
        VM.prank(patient);
        consents.revoke(patient, oneRevocation(holder, scope));
    }

    function _revokeAll(address patient) private {
        VM.prank(patient);
        consents.revokeAll(patient);
    }

    function _breakGlass(address patient) private {
        VM.warp(block.timestamp + 2);
        VM.prank(CLINIC);
        consents.breakGlass(CLINIC, patient, 3, 0);
        VM.warp(block.timestamp - 2);
    }

    function _question(address patient, uint256 i) private view returns (IConsentRegistry.Request memory request) {
        uint32 purpose = i & 1 == 0 ? TREAT_PURPOSE : RESEARCH_PURPOSE;
        request = question(patient, _grantees[(i >> 1) & 1], purpose, uint64(1 + ((i >> 2) & 1)), ACCESS_ACTION);
        if (i & 8 != 0) request.record = RecordId.wrap(RECORD);
        if (i & 16 != 0) request.programme = ProgrammeId.wrap(STUDY);
    }

    function _anyPlace() private returns (address holder, bytes32 scope) {
        (holder, scope) = (_grantees[_roll(3)], _scopes[_roll(5)]);
        if (holder == ANY && scope == STUDY) scope = GENERAL_SCOPE;
    }

    function _wordOf(address holder, bytes32 scope) private view returns (uint256) {
        return Terms.unwrap(consents.termsOf(personOf(0), holder, Scope.wrap(scope)));
    }

    function _isPermit(Decision decision) private pure returns (bool) {
        return decision == Decision.Permit || decision == Decision.PermitConditional;
    }

    function _roll(uint256 sides) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }
}
