// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAuditLog} from "../../../contracts/interfaces/IAuditLog.sol";
import {Batch} from "../../../contracts/types/Batch.sol";
import {VM, Vm} from "./Vm.sol";
import {World} from "./World.sol";

/// @notice Custodians, their members and strangers who anchor: what continues the trail, and what would not.
contract Auditors is World {
    struct Trail {
        uint64 next;
        uint48 anchoredAt;
        Batch[] batches;
        bytes32[] roots;
    }

    /// @notice How the property was broken; nothing: it holds.
    string public broken;

    mapping(address custodian => Trail) private _trails;
    address[2] private _custodians = [CLINIC, LAB];
    address[5] private _everybody = [CLINIC, LAB, MEMBER, CONSORTIUM, ACCREDITOR];

    /// @notice Somebody anchors, at the right place or next to it.
    function anchor(uint256 seed, uint64 anyFirst, uint32 anyCount) external {
        address custodian = _custodians[seed % 2];
        address by = (seed >> 8) % 3 == 0 ? _everybody[(seed >> 16) % 5] : custodian;
        Trail storage trail = _trails[custodian];
        uint64 first = [trail.next, trail.next, trail.next, anyFirst][(seed >> 24) % 4];
        if ((seed >> 32) % 8 == 0 && trail.next != 0) first = trail.next - 1;
        if ((seed >> 32) % 8 == 1 && trail.next != type(uint64).max) first = trail.next + 1;
        uint32 count = (seed >> 40) % 16 == 0 ? anyCount : uint32((seed >> 48) % 4);
        bytes32 root = (seed >> 56) % 8 == 0 ? bytes32(0) : keccak256(abi.encode(seed));
        bool isCustodian = by == custodian || (by == MEMBER && custodian == CLINIC);
        bool fits = isCustodian && first == trail.next && count != 0 && root != 0;
        VM.recordLogs();
        VM.prank(by);
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, ) = address(audit).call(abi.encodeCall(IAuditLog.anchor, (custodian, first, count, root)));
        Vm.Log[] memory logs = VM.getRecordedLogs();
        _keep(ok == fits, "a batch that leaves a gap, or overlaps, or is another's; or one that was refused");
        if (!ok) return;
        _keep(logs.length == 1 && logs[0].topics[0] == IAuditLog.Anchored.selector, "not one event for one batch");
        (Batch batch, bytes32 logged, address teller) = abi.decode(logs[0].data, (Batch, bytes32, address));
        _keep(batch.firstEntry() == first && batch.count() == count, "the log tells of another batch");
        _keep(logged == root && teller == by, "the log tells of another root or caller");
        (trail.next, trail.anchoredAt) = (first + count, uint48(block.timestamp));
        trail.batches.push(batch);
        trail.roots.push(root);
    }

    function wait(uint16 time) external {
        VM.warp(block.timestamp + time);
    }

    /// @notice Every batch begins where the one before it ended, and has the root that it was anchored with.
    function fault() external view returns (string memory) {
        for (uint256 i = 0; i < _custodians.length; ++i) {
            Trail storage trail = _trails[_custodians[i]];
            uint64 next = 0;
            for (uint256 j = 0; j < trail.batches.length; ++j) {
                Batch batch = trail.batches[j];
                if (batch.firstEntry() != next) return "a gap or an overlap";
                next += batch.count();
                if (audit.batchRootOf(_custodians[i], batch) != trail.roots[j]) return "a batch was rewritten";
            }
            IAuditLog.Tail memory tail = audit.tailOf(_custodians[i]);
            if (tail.nextEntry != next || tail.anchoredAt != trail.anchoredAt) return "the trail ends elsewhere";
        }
        return broken;
    }

    function _keep(bool isKept, string memory how) private {
        if (!isKept && bytes(broken).length == 0) broken = how;
    }
}
