// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPatientControl} from "../interfaces/IPatientControl.sol";
import {Signers} from "../libraries/Signers.sol";
import {Statements} from "../libraries/Statements.sol";
import {Guardians, Guardianship, Recovery} from "../types/Guardianship.sol";
import {Approval, Signed} from "../types/Signed.sol";
import {Controllers} from "./Controllers.sol";

/// @dev Guardians, and how they give control back to a patient who has lost it.
abstract contract Recoveries is Controllers {
    uint32 private constant MIN_RECOVERY_DELAY = 1 days;
    uint32 private constant MAX_RECOVERY_DELAY = 30 days;

    bytes32 private constant GUARDIANS_TAG = keccak256("consentry.Guardians");

    mapping(address patient => Guardianship) internal _guardianships;
    mapping(address patient => Recovery) private _recoveries;

    /// @inheritdoc IPatientControl
    function setGuardians(address patient, bytes32 commitment, uint32 delay) external {
        _settleControl(patient);
        uint256 controlSince = _requireController(patient, msg.sender);
        uint256 stamp = _stampOf(_guardianships[patient].issuedAt, controlSince);
        _setGuardians(patient, commitment, delay, stamp, msg.sender);
    }

    /// @inheritdoc IPatientControl
    function setGuardiansBySig(
        address patient,
        bytes32 commitment,
        uint32 delay,
        uint48 deadline,
        Signed calldata signed
    ) external {
        _settleControl(patient);
        bytes32 statement = Statements.setGuardians(patient, commitment, delay, signed.issuedAt, deadline);
        address account = _signingController(patient, statement, deadline, signed);
        if (signed.issuedAt <= _guardianships[patient].issuedAt) return;
        _setGuardians(patient, commitment, delay, signed.issuedAt, account);
    }

    /// @inheritdoc IPatientControl
    function startRecovery(
        address patient,
        address controller,
        uint48 issuedAt,
        uint48 deadline,
        Guardians calldata guardians,
        Approval[] calldata approvals
    ) external {
        _settleControl(patient);
        _requireNewController(patient, controller);
        _requireInTime(issuedAt, deadline);
        _requireCurrent(patient, issuedAt);
        uint48 cancelledAt = _guardianships[patient].cancelledAt;
        require(issuedAt > cancelledAt, ApprovalsCancelled(issuedAt, cancelledAt));
        Recovery storage recovery = _recoveries[patient];
        require(recovery.readyAt == 0, RecoveryUnderWay(patient));
        Guardianship storage guardianship = _keepGuardians(patient);
        bytes32 commitment = keccak256(abi.encode(GUARDIANS_TAG, patient, guardians));
        require(commitment == guardianship.commitment && guardians.threshold != 0, WrongGuardians(patient, commitment));
        _requireApprovals(patient, controller, commitment, issuedAt, deadline, guardians, approvals);
        uint48 readyAt = uint48(block.timestamp + guardianship.delay);
        (recovery.controller, recovery.readyAt, recovery.issuedAt) = (controller, readyAt, issuedAt);
        emit RecoveryStarted(patient, controller, readyAt, issuedAt, msg.sender);
    }

    /// @inheritdoc IPatientControl
    function cancelRecovery(address patient) external {
        _settleControl(patient);
        _requireController(patient, msg.sender);
        _cancelRecovery(patient, _present(), msg.sender);
    }

    /// @inheritdoc IPatientControl
    function cancelRecoveryBySig(address patient, Signed calldata signed) external {
        _settleControl(patient);
        bytes32 statement = Statements.cancelRecovery(patient, signed.issuedAt);
        _cancelRecovery(patient, signed.issuedAt, _signingController(patient, statement, signed));
    }

    /// @inheritdoc IPatientControl
    function completeRecovery(address patient) external {
        Recovery storage recovery = _recoveries[patient];
        (address controller, uint48 readyAt) = (recovery.controller, recovery.readyAt);
        require(readyAt != 0, NoRecovery(patient));
        require(block.timestamp >= readyAt, RecoveryNotReady(patient, readyAt));
        emit RecoveryCompleted(patient, controller, _passControl(patient, controller), msg.sender);
    }

    // Views

    /// @inheritdoc IPatientControl
    function guardiansOf(address patient) external view returns (Guardianship memory) {
        return _guardianshipOf(patient);
    }

    /// @inheritdoc IPatientControl
    function recoveryOf(address patient) external view returns (Recovery memory) {
        return _recoveryOf(patient);
    }

    // Internals: writing

    /// @dev Comes before anything is written about who has control of a patient, or can recover it.
    function _settleControl(address patient) internal virtual {}

    function _setGuardians(address patient, bytes32 commitment, uint32 delay, uint256 stamp, address by) private {
        require(_isDelay(commitment, delay), InvalidDelay(delay));
        require(_recoveries[patient].readyAt == 0, RecoveryUnderWay(patient));
        Guardianship storage guardianship = _guardianships[patient];
        guardianship.settle();
        if (guardianship.issuedAt == stamp) {
            if (guardianship.isLast(commitment, delay)) return;
        }
        uint48 effectiveAt = uint48(block.timestamp + guardianship.delay);
        guardianship.issuedAt = uint48(stamp);
        (guardianship.next, guardianship.nextDelay, guardianship.nextAt) = (commitment, delay, effectiveAt);
        guardianship.settle();
        emit GuardiansChanged(patient, commitment, delay, effectiveAt, uint48(stamp), by);
    }

    function _cancelRecovery(address patient, uint256 stamp, address by) private {
        Guardianship storage guardianship = _guardianships[patient];
        if (stamp <= guardianship.cancelledAt) return;
        guardianship.cancelledAt = uint48(stamp);
        if (_recoveries[patient].issuedAt <= stamp) delete _recoveries[patient];
        emit RecoveryCancelled(patient, uint48(stamp), by);
    }

    /// @dev A pending replacement of the guardians ends: otherwise a thief could cancel every recovery until guardians of its
    /// own are in office.
    function _keepGuardians(address patient) internal returns (Guardianship storage guardianship) {
        guardianship = _guardianships[patient];
        guardianship.settle();
        guardianship.dropNext();
    }

    /// @dev Control passes on, and a recovery under way ends.
    function _passControl(address patient, address controller) internal returns (uint48 controlSince) {
        delete _recoveries[patient];
        return _setController(patient, controller);
    }

    // Internals: reading

    function _guardianshipOf(address patient) internal view virtual returns (Guardianship memory) {
        return _guardianships[patient];
    }

    function _recoveryOf(address patient) internal view virtual returns (Recovery memory) {
        return _recoveries[patient];
    }

    // Internals: checking

    /// @dev Approvals come in increasing order of their accounts, so that none counts twice; and each names its guardian, so
    /// that one signature never counts for a key and for the wallet that the key owns.
    function _requireApprovals(
        address patient,
        address controller,
        bytes32 commitment,
        uint48 issuedAt,
        uint48 deadline,
        Guardians calldata guardians,
        Approval[] calldata approvals
    ) private view {
        require(approvals.length >= guardians.threshold, TooFewApprovals(approvals.length, guardians.threshold));
        address previous = address(0);
        for (uint256 i = 0; i < approvals.length; ++i) {
            Approval calldata approval = approvals[i];
            address account = Signers.accountOf(approval.signer);
            require(account > previous, ApprovalsNotInOrder(previous, account));
            require(_contains(guardians.accounts, account), NotGuardian(account));
            bytes32 statement = Statements.approveRecovery(
                account,
                patient,
                controller,
                commitment,
                issuedAt,
                deadline
            );
            _requireSignature(statement, account, approval.signer, approval.signature);
            previous = account;
        }
    }

    function _contains(address[] calldata accounts, address account) private pure returns (bool) {
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (accounts[i] == account) return true;
        }
        return false;
    }

    /// @dev Nobody needs no delay.
    function _isDelay(bytes32 commitment, uint32 delay) private pure returns (bool) {
        if (commitment == 0) return delay == 0;
        return delay >= MIN_RECOVERY_DELAY && delay <= MAX_RECOVERY_DELAY;
    }
}
