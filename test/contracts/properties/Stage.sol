// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Decision} from "../../../contracts/types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../../../contracts/types/Scope.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Judge} from "./Judge.sol";
import {LogBook} from "./LogBook.sol";
import {VM, Vm} from "./Vm.sol";
import {
    ACCESS_ACTION,
    ANY,
    COLLECT_ACTION,
    EMERGENCY_PURPOSE,
    EMERGENCY_SCOPE,
    FOR_EVER,
    GENERAL_SCOPE,
    keyOf,
    packed,
    personOf,
    question,
    RECORD,
    RESEARCH_PURPOSE,
    RESEARCH_SCOPE,
    STUDY,
    TREAT_PURPOSE,
    TREAT_SCOPE,
    USE_ACTION
} from "./Words.sol";

/// @notice Where the actors act: who they are, how a choice is made, and what is watched at every step.
abstract contract Stage is Judge, LogBook {
    uint256 internal constant PATIENTS = 3;
    /// @dev Patients, then two who take over control, a representative, a stranger.
    uint256 internal constant PEOPLE = 7;
    uint256 internal constant REPRESENTATIVE = 5;
    uint256 internal constant STRANGER = 6;

    /// @notice How a property was broken, by its number; nothing: it holds.
    mapping(uint256 property => string) public broken;

    /// @notice How often `decide` gave each answer.
    mapping(Decision => uint256) public answers;

    address[] internal everybody;
    address[] internal grantees;
    bytes32[] internal scopes = [GENERAL_SCOPE, TREAT_SCOPE, RESEARCH_SCOPE, RECORD, STUDY, EMERGENCY_SCOPE];
    mapping(address account => uint256) internal keys;
    /// @dev How many events the last step had.
    uint256 internal told;

    uint256 private _dice;

    constructor() {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            everybody.push(personOf(i));
            keys[personOf(i)] = keyOf(i);
        }
        grantees = [CLINIC, LAB, RESEARCHER, everybody[STRANGER], everybody[PATIENTS], ANY];
        everybody.push(CONSORTIUM);
        everybody.push(ACCREDITOR);
        everybody.push(CLINIC);
        everybody.push(MEMBER);
    }

    // Choices

    modifier thrown(uint256 seed) {
        _dice = uint256(keccak256(abi.encode(_dice, seed)));
        _;
    }

    function _roll(uint256 sides) internal returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }

    function _anyPatient() internal returns (address) {
        return everybody[_roll(PATIENTS)];
    }

    function _anybody() internal returns (address) {
        return everybody[_roll(everybody.length)];
    }

    /// @dev More often than not somebody who may speak for the patient.
    function _anyVoice(address patient) internal returns (address) {
        uint256 who = _roll(6);
        if (who == 0) return _anybody();
        return who == 1 ? everybody[REPRESENTATIVE] : _controller(patient);
    }

    function _anyPlace() internal returns (address grantee, bytes32 scope) {
        (grantee, scope) = (grantees[_roll(grantees.length)], scopes[_roll(scopes.length)]);
    }

    /// @dev A place in which a patient can put a consent.
    function _anyGrantablePlace() internal returns (address grantee, bytes32 scope) {
        (grantee, scope) = _anyPlace();
        if (scope == EMERGENCY_SCOPE || (grantee == ANY && scope == STUDY)) scope = GENERAL_SCOPE;
    }

    function _anyTerms(bytes32 scope) internal returns (uint256 terms) {
        uint48 time = uint48(block.timestamp);
        uint32 purposes = TREAT_PURPOSE | RESEARCH_PURPOSE;
        if (scope == TREAT_SCOPE || _roll(4) == 0) purposes = TREAT_PURPOSE;
        if (scope == RESEARCH_SCOPE) purposes = RESEARCH_PURPOSE;
        uint48 start = scope == GENERAL_SCOPE ? 0 : [0, 0, time + 1, time + 1 hours][_roll(4)];
        uint48 end = [FOR_EVER, FOR_EVER, time + 2 hours, time + 1 days][_roll(4)];
        uint8 actions = ACCESS_ACTION | (_roll(2) == 0 ? COLLECT_ACTION | USE_ACTION : 0);
        terms = packed(_anyCategories(), purposes, actions, start, end);
        if (_roll(6) == 0) terms |= 1 << 248;
    }

    function _anyCategories() internal returns (uint64) {
        return [uint64(3), 7, 7, 1 | (1 << 32)][_roll(4)];
    }

    // What is watched

    function _keep(bool isKept, uint256 property, string memory how) internal {
        if (!isKept && bytes(broken[property]).length == 0) broken[property] = how;
    }

    /// @dev A call to the consent registry. Property 6: what changes storage has one event, what does not has none.
    function _act(address by, bytes memory data) internal returns (bool ok) {
        VM.recordLogs();
        VM.record();
        VM.prank(by);
        // solhint-disable-next-line avoid-low-level-calls
        (ok, ) = address(consents).call(data);
        Vm.Log[] memory logs = VM.getRecordedLogs();
        (, bytes32[] memory writes) = VM.accesses(address(consents));
        told = 0;
        if (!ok) return false;
        told = logs.length;
        _keep(writes.length == 0 ? told == 0 : told == 1, 6, "not one event for one change");
        for (uint256 i = 0; i < told; ++i) {
            _keep(_read(logs[i]), 6, "an event that told nothing new");
        }
    }

    function _checkPlace(address patient, address grantee, bytes32 scope, uint256 property) internal {
        uint256 word = Terms.unwrap(consents.termsOf(patient, grantee, Scope.wrap(scope)));
        _keep(word == _standing(patient, grantee, scope), property, "what stands is not what was said last");
        _keep(word == logged[patient][grantee][scope], 6, "the log tells of another word");
    }

    /// @dev Properties 1 and 2, of two questions about whom the last step concerned: any, and one that a word could answer.
    function _ask(address patient, address grantee) internal {
        if (grantee == ANY || _roll(4) == 0) grantee = grantees[_roll(grantees.length - 1)];
        uint32 purpose = [TREAT_PURPOSE, RESEARCH_PURPOSE, EMERGENCY_PURPOSE][_roll(3)];
        uint8 action = [ACCESS_ACTION, COLLECT_ACTION, USE_ACTION][_roll(3)];
        uint64 categories = [uint64(1), 2, 3][_roll(3)];
        IConsentRegistry.Request memory request = question(patient, grantee, purpose, categories, action);
        if (_roll(3) == 0) request.record = RecordId.wrap(RECORD);
        if (_roll(3) == 0) request.programme = ProgrammeId.wrap(STUDY);
        _check(request);
        _check(_fitting(patient, grantee, scopes[_roll(scopes.length)]));
    }

    function _fitting(
        address patient,
        address grantee,
        bytes32 scope
    ) private pure returns (IConsentRegistry.Request memory request) {
        request = question(patient, grantee, TREAT_PURPOSE, 1, ACCESS_ACTION);
        if (scope == RECORD) request.record = RecordId.wrap(RECORD);
        if (scope == STUDY) request.programme = ProgrammeId.wrap(STUDY);
        if (scope == RESEARCH_SCOPE) request.purpose = RESEARCH_PURPOSE;
        if (scope == EMERGENCY_SCOPE) request.purpose = EMERGENCY_PURPOSE;
    }

    function _check(IConsentRegistry.Request memory request) internal {
        (Decision decision, address holder, Scope place) = consents.decide(request);
        ++answers[decision];
        bool isRefused = uint256(decision) > uint256(Decision.PermitSelf) || decision == Decision.NoConsent;
        if (isRefused) return;
        bytes32 scope = Scope.unwrap(place);
        string memory fault = _unspoken(request, decision, holder, scope);
        _keep(bytes(fault).length == 0, 1, fault);
        fault = _withdrawn(request, decision, holder, scope);
        _keep(bytes(fault).length == 0, 2, fault);
    }
}
