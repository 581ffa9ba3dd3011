// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {Decision} from "../../../contracts/types/Decision.sol";
import {Pointer, Status} from "../../../contracts/types/Pointer.sol";
import {ProgrammeId, RecordId} from "../../../contracts/types/Scope.sol";
import {VM, Vm} from "./Vm.sol";
import {
    ACCESS_ACTION,
    COLLECT_ACTION,
    FOR_EVER,
    GENERAL_SCOPE,
    oneGrant,
    oneRevocation,
    packed,
    personOf,
    question,
    TREAT_PURPOSE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Custodians, their members, patients, role holders and strangers: each step is one of them doing one thing with a
/// record. What stands is what the events tell.
contract Custodians is World {
    string private constant NOT_ONE_EVENT = "Property 6: not one event for one change";

    /// @notice Which property was broken, and how; nothing: all hold.
    string public broken;

    mapping(RecordId => Pointer) private _logged;
    address[6] private _everybody = [CLINIC, MEMBER, LAB, RESEARCHER, CONSORTIUM, ACCREDITOR];
    uint256 private _dice;

    modifier thrown(uint256 seed) {
        _dice = uint256(keccak256(abi.encode(_dice, seed)));
        _;
    }

    // Steps

    function register(uint256 seed) external thrown(seed) {
        (RecordId record, address custodian) = _anyRecord();
        address patient = personOf(_roll(2));
        uint64 categories = uint64(1 + _roll(3));
        address by = _anyBody(custodian);
        bool isPermitted = _mayCollect(patient, custodian, categories);
        bool isKnown = _logged[record].status != Status.Unknown;
        IRecordRegistry.Registration memory registration = IRecordRegistry.Registration(
            record,
            patient,
            categories,
            bytes32(1 + _roll(9)),
            ""
        );
        bytes memory data = abi.encodeCall(records.register, (registration, ProgrammeId.wrap(0), TREAT_PURPOSE));
        bool ok = _act(by, data);
        _keep(!ok || isPermitted, "Property 1: collected without a consent");
        _keep(!ok || !isKnown, "Property 6: an id was used twice");
        _checkActor(ok, by, record, custodian);
    }

    function amend(uint256 seed) external thrown(seed) {
        (RecordId record, address custodian) = _anyRecord();
        address by = _anyBody(custodian);
        _checkActor(
            _act(by, abi.encodeCall(records.amend, (record, bytes32(1 + _roll(9)), ""))),
            by,
            record,
            custodian
        );
    }

    function addLabels(uint256 seed) external thrown(seed) {
        (RecordId record, address custodian) = _anyRecord();
        address by = _anyBody(custodian);
        uint64 before = _logged[record].categories;
        bool ok = _act(by, abi.encodeCall(records.addLabels, (record, uint64(1 << _roll(4)))));
        _keep(before & ~_logged[record].categories == 0, "Property 3: a label was taken away");
        _checkActor(ok, by, record, custodian);
    }

    function erase(uint256 seed) external thrown(seed) {
        (RecordId record, address custodian) = _anyRecord();
        if (_roll(3) != 0) return;
        address by = _anyBody(custodian);
        _checkActor(_act(by, abi.encodeCall(records.erase, (record))), by, record, custodian);
    }

    function consent(uint256 seed) external thrown(seed) {
        (, address custodian) = _anyRecord();
        address patient = personOf(_roll(2));
        bool isConsent = _roll(3) != 0;
        uint256 terms = packed(uint64(1 + _roll(3)), TREAT_PURPOSE, COLLECT_ACTION | ACCESS_ACTION, 0, FOR_EVER);
        if (_roll(6) == 0) terms |= 1 << 248;
        VM.prank(patient);
        if (isConsent) consents.grant(patient, oneGrant(custodian, GENERAL_SCOPE, terms), keccak256("evidence"));
        else consents.revoke(patient, oneRevocation(custodian, GENERAL_SCOPE));
    }

    // What is watched

    function _act(address by, bytes memory data) private returns (bool ok) {
        VM.recordLogs();
        VM.record();
        VM.prank(by);
        // solhint-disable-next-line avoid-low-level-calls
        (ok, ) = address(records).call(data);
        Vm.Log[] memory logs = VM.getRecordedLogs();
        (, bytes32[] memory writes) = VM.accesses(address(records));
        if (!ok) return false;
        _keep(writes.length == 0 ? logs.length == 0 : logs.length == 1, NOT_ONE_EVENT);
        for (uint256 i = 0; i < logs.length; ++i) {
            _read(logs[i]);
        }
    }

    function _read(Vm.Log memory log) private {
        bytes32 before = keccak256(abi.encode(_logged[RecordId.wrap(log.topics[1])]));
        Pointer storage pointer = _logged[RecordId.wrap(log.topics[1])];
        if (log.topics[0] == IRecordRegistry.RecordRegistered.selector) {
            pointer.patient = address(uint160(uint256(log.topics[2])));
            (pointer.version, pointer.status) = (1, Status.Registered);
            (pointer.categories, pointer.contentHash, ) = abi.decode(log.data, (uint64, bytes32, address));
        } else if (log.topics[0] == IRecordRegistry.RecordAmended.selector) {
            uint24 last = pointer.version;
            (pointer.version, pointer.contentHash, ) = abi.decode(log.data, (uint24, bytes32, address));
            _keep(pointer.version == last + 1, "Property 6: a version is missing");
        } else if (log.topics[0] == IRecordRegistry.LabelsAdded.selector) {
            (pointer.categories, ) = abi.decode(log.data, (uint64, address));
        } else {
            _keep(log.topics[0] == IRecordRegistry.RecordErased.selector, "Property 6: an event that nobody knows");
            _logged[RecordId.wrap(log.topics[1])] = Pointer(address(0), 0, 0, Status.Erased, 0);
        }
        _keep(keccak256(abi.encode(pointer)) != before, "Property 6: an event that told nothing new");
    }

    function _checkActor(bool ok, address by, RecordId record, address custodian) private {
        bool isCustodian = by == custodian || (custodian == CLINIC && by == MEMBER);
        _keep(!ok || (isCustodian && custodian != RESEARCHER), "Property 5: written by one who must not");
        bytes32 told = keccak256(abi.encode(_logged[record]));
        bytes32 stands = keccak256(abi.encode(records.pointerOf(record)));
        _keep(told == stands, "Property 6: the log tells of another record");
    }

    function _keep(bool isKept, string memory how) private {
        if (!isKept && bytes(broken).length == 0) broken = how;
    }

    // Choices

    function _mayCollect(address patient, address custodian, uint64 categories) private view returns (bool) {
        (Decision decision, , ) = consents.decide(
            question(patient, custodian, TREAT_PURPOSE, categories, COLLECT_ACTION)
        );
        return decision == Decision.Permit;
    }

    function _anyRecord() private returns (RecordId record, address custodian) {
        custodian = [CLINIC, CLINIC, LAB, RESEARCHER][_roll(4)];
        uint256 id = (uint256(3) << 248) | (uint256(uint160(custodian)) << 88) | (1 + _roll(3));
        record = RecordId.wrap(bytes32(id));
    }

    function _anyBody(address custodian) private returns (address) {
        return _roll(3) == 0 ? _everybody[_roll(_everybody.length)] : custodian;
    }

    function _roll(uint256 sides) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }
}
