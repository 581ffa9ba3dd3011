// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {ProgrammeId, RecordId} from "../../../contracts/types/Scope.sol";
import {Kind, Letter} from "./Letters.sol";
import {VM} from "./Vm.sol";
import {
    ACCESS_ACTION,
    COLLECT_ACTION,
    FOR_EVER,
    GENERAL_SCOPE,
    keyOf,
    oneGrant,
    oneRevocation,
    packed,
    personOf,
    question,
    signedBy,
    TREAT_PURPOSE,
    TREAT_SCOPE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Property 8: to the last unit of gas, an operation costs what it cost before others were there.
contract CostTest is World {
    uint256 private constant OPERATIONS = 10;

    function testFuzz_costIsThatOfAnEmptyRegistry(uint8 patients, uint8 consentsOfSame) external {
        // The first access to an account costs more.
        _measure(personOf(0), 0);
        uint256[OPERATIONS] memory before = _measure(personOf(1), 1);
        for (uint256 i = 0; i < patients % 64; ++i) {
            _fill(address(uint160(0xF00D0000 + i)), CLINIC);
        }
        for (uint256 i = 0; i < consentsOfSame % 64; ++i) {
            _fill(personOf(2), address(uint160(0xBEEF0000 + i)));
        }
        uint256[OPERATIONS] memory afterwards = _measure(personOf(2), 2);
        for (uint256 i = 0; i < OPERATIONS; ++i) {
            require(before[i] == afterwards[i], "the cost depends on what is stored");
        }
    }

    /// @dev A patient's consent, and a record.
    function _fill(address patient, address grantee) private {
        uint256 terms = packed(3, TREAT_PURPOSE, ACCESS_ACTION | COLLECT_ACTION, 0, FOR_EVER);
        VM.prank(patient);
        consents.grant(patient, oneGrant(grantee, TREAT_SCOPE, terms), 0);
        if (grantee != CLINIC) return;
        VM.prank(CLINIC);
        records.register(_registration(patient, uint88(uint160(patient))), ProgrammeId.wrap(0), TREAT_PURPOSE);
    }

    function _measure(address patient, uint88 number) private returns (uint256[OPERATIONS] memory costs) {
        VM.warp(block.timestamp + 10 * REFILL);
        uint256 terms = packed(3, TREAT_PURPOSE, ACCESS_ACTION | COLLECT_ACTION, 0, FOR_EVER);
        IRecordRegistry.Registration memory registration = _registration(patient, number);
        bytes memory decide = abi.encodeCall(
            consents.decide,
            (question(patient, CLINIC, TREAT_PURPOSE, 1, ACCESS_ACTION))
        );
        // So that what others warmed is warm for all.
        _cost(patient, address(consents), decide);
        bytes memory grant = abi.encodeCall(consents.grant, (patient, oneGrant(CLINIC, GENERAL_SCOPE, terms), 0));
        costs[0] = _cost(patient, address(consents), grant);
        costs[1] = _cost(CLINIC, address(consents), decide);
        bytes memory register = abi.encodeCall(records.register, (registration, ProgrammeId.wrap(0), TREAT_PURPOSE));
        costs[2] = _cost(CLINIC, address(records), register);
        bytes memory access = abi.encodeCall(
            audit.accessRecord,
            (registration.record, ProgrammeId.wrap(0), TREAT_PURPOSE, ACCESS_ACTION, address(0))
        );
        costs[3] = _cost(CLINIC, address(audit), access);
        costs[4] = _cost(CLINIC, address(consents), abi.encodeCall(consents.breakGlass, (CLINIC, patient, 1, 0)));
        bytes memory revoke = abi.encodeCall(consents.revoke, (patient, oneRevocation(CLINIC, GENERAL_SCOPE)));
        costs[5] = _cost(patient, address(consents), revoke);
        costs[6] = _cost(patient, address(consents), grant);
        costs[7] = _cost(patient, address(consents), abi.encodeCall(consents.revokeAll, (patient)));
        costs[8] = _cost(CLINIC, address(consents), _signed(Kind.Grant, number, terms));
        costs[9] = _cost(CLINIC, address(consents), _signed(Kind.Revocation, number, 0));
    }

    function _cost(address by, address target, bytes memory data) private returns (uint256 cost) {
        VM.prank(by);
        bool ok;
        // solhint-disable-next-line no-inline-assembly
        assembly {
            cost := gas()
            ok := call(gas(), target, 0, add(data, 32), mload(data), 0, 0)
            cost := sub(cost, gas())
        }
        require(ok, "an operation failed");
    }

    /// @dev A statement of a person, and, if it is a revocation, one that comes after a grant.
    function _signed(Kind kind, uint256 person, uint256 terms) private view returns (bytes memory) {
        Letter memory letter;
        (letter.kind, letter.patient, letter.other, letter.scope) = (kind, personOf(person), CLINIC, TREAT_SCOPE);
        (letter.issuedAt, letter.deadline) = (uint48(block.timestamp * 1000 + uint8(kind)), uint48(block.timestamp));
        letter.terms = terms;
        bytes32 statement = letter.statement();
        return letter.call(signedBy(keyOf(person), statement, letter.issuedAt, address(consents), block.chainid));
    }

    function _registration(address patient, uint88 number) private pure returns (IRecordRegistry.Registration memory) {
        uint256 id = (uint256(3) << 248) | (uint256(uint160(CLINIC)) << 88) | number;
        return IRecordRegistry.Registration(RecordId.wrap(bytes32(id)), patient, 1, keccak256("content"), "");
    }
}
