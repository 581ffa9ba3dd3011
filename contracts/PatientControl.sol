// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPatientControl} from "./interfaces/IPatientControl.sol";
import {Codes} from "./libraries/Codes.sol";
import {Signers} from "./libraries/Signers.sol";
import {Statements} from "./libraries/Statements.sol";
import {Appointment, AppointmentLib} from "./types/Appointment.sol";
import {Guardians, Guardianship, Recovery} from "./types/Guardianship.sol";
import {Approval, Signed} from "./types/Signed.sol";

abstract contract PatientControl is IPatientControl, EIP712 {
    /// @dev One slot.
    struct Control {
        /// Zero: the patient's own address.
        address controller;
        uint48 voidBefore;
        /// Every signature must be newer. Milliseconds.
        uint48 controlSince;
    }

    /// @dev One slot.
    struct Exclusions {
        uint64 categories;
        uint48 issuedAt;
    }

    /// @dev How long a statement that can widen something may be under way. Milliseconds.
    uint256 private constant MAX_UNDER_WAY = 7 days * 1000;

    uint32 private constant MIN_RECOVERY_DELAY = 1 days;
    uint32 private constant MAX_RECOVERY_DELAY = 30 days;

    bytes32 private constant DEPENDENT_TAG = keccak256("consentry.Dependent");
    bytes32 private constant GUARDIANS_TAG = keccak256("consentry.Guardians");

    mapping(address patient => Control) internal _control;
    mapping(address patient => Exclusions) internal _exclusions;
    mapping(address patient => mapping(address representative => Appointment)) private _appointments;
    mapping(address patient => Guardianship) private _guardianships;
    mapping(address patient => Recovery) private _recoveries;

    constructor() EIP712("Consentry", "1") {}

    // Control

    /// @inheritdoc IPatientControl
    function transferControl(
        address patient,
        address controller,
        uint48 deadline,
        Signed calldata acceptance
    ) external {
        _requireController(patient, msg.sender);
        _transfer(patient, controller, deadline, acceptance, msg.sender);
    }

    /// @inheritdoc IPatientControl
    function transferControlBySig(
        address patient,
        address controller,
        uint48 deadline,
        Signed calldata acceptance,
        Signed calldata signed
    ) external {
        bytes32 statement = Statements.transferControl(patient, controller, signed.issuedAt, deadline);
        _transfer(patient, controller, deadline, acceptance, _signingController(patient, statement, deadline, signed));
    }

    /// @inheritdoc IPatientControl
    function createDependent(bytes32 salt) external returns (address dependent) {
        return _createDependent(msg.sender, salt);
    }

    /// @inheritdoc IPatientControl
    function createDependentBySig(
        bytes32 salt,
        uint48 deadline,
        Signed calldata signed
    ) external returns (address dependent) {
        _requireInTime(signed.issuedAt, deadline);
        _requirePast(signed.issuedAt);
        address parent = Signers.accountOf(signed.signer);
        bytes32 statement = Statements.createDependent(parent, salt, signed.issuedAt, deadline);
        _requireSignature(statement, parent, signed.signer, signed.signature);
        return _createDependent(parent, salt);
    }

    // Representatives

    /// @inheritdoc IPatientControl
    function appointRepresentative(address patient, address representative, uint48 since, uint48 until) external {
        uint256 controlSince = _requireController(patient, msg.sender);
        _validateAppointment(patient, representative, since, until);
        uint256 stamp = _stampOf(_appointments[patient][representative].issuedAt(), controlSince);
        _appoint(patient, representative, AppointmentLib.pack(since, until, stamp), msg.sender);
    }

    /// @inheritdoc IPatientControl
    function appointRepresentativeBySig(
        address patient,
        address representative,
        uint48 since,
        uint48 until,
        uint48 deadline,
        Signed calldata signed
    ) external {
        _validateAppointment(patient, representative, since, until);
        bytes32 statement = Statements.appointRepresentative(
            patient,
            representative,
            since,
            until,
            signed.issuedAt,
            deadline
        );
        address account = _signingController(patient, statement, deadline, signed);
        Appointment appointment = AppointmentLib.pack(since, until, signed.issuedAt);
        if (!appointment.supersedes(_appointments[patient][representative])) return;
        _appoint(patient, representative, appointment, account);
    }

    /// @inheritdoc IPatientControl
    function dismissRepresentative(address patient, address representative) external {
        uint256 controlSince = _requireController(patient, msg.sender);
        uint256 stamp = _stampOf(_appointments[patient][representative].issuedAt(), controlSince);
        _appoint(patient, representative, AppointmentLib.pack(0, 0, stamp), msg.sender);
    }

    /// @inheritdoc IPatientControl
    function dismissRepresentativeBySig(address patient, address representative, Signed calldata signed) external {
        bytes32 statement = Statements.dismissRepresentative(patient, representative, signed.issuedAt);
        address account = _signingController(patient, statement, signed);
        Appointment dismissal = AppointmentLib.pack(0, 0, signed.issuedAt);
        if (!dismissal.supersedes(_appointments[patient][representative])) return;
        _appoint(patient, representative, dismissal, account);
    }

    // What break-glass never opens

    /// @inheritdoc IPatientControl
    function setExclusions(address patient, uint64 categories) external {
        uint256 controlSince = _requireController(patient, msg.sender);
        _exclude(patient, categories, _stampOf(_exclusions[patient].issuedAt, controlSince), msg.sender);
    }

    /// @inheritdoc IPatientControl
    function setExclusionsBySig(address patient, uint64 categories, uint48 deadline, Signed calldata signed) external {
        bytes32 statement = Statements.setExclusions(patient, categories, signed.issuedAt, deadline);
        address account = _signingController(patient, statement, deadline, signed);
        Exclusions storage stored = _exclusions[patient];
        if (signed.issuedAt < stored.issuedAt) return;
        uint64 together = signed.issuedAt == stored.issuedAt ? categories | stored.categories : categories;
        _exclude(patient, together, signed.issuedAt, account);
    }

    // Guardians

    /// @inheritdoc IPatientControl
    function setGuardians(address patient, bytes32 commitment, uint32 delay) external {
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
        _requireNewController(patient, controller);
        _requireInTime(issuedAt, deadline);
        _requireCurrent(patient, issuedAt);
        Guardianship storage guardianship = _guardianships[patient];
        require(issuedAt > guardianship.cancelledAt, ApprovalsCancelled(issuedAt, guardianship.cancelledAt));
        Recovery storage recovery = _recoveries[patient];
        require(recovery.readyAt == 0, RecoveryUnderWay(patient));
        guardianship.settle();
        // Otherwise a thief could cancel every recovery until guardians of its own are in office.
        guardianship.dropNext();
        bytes32 commitment = keccak256(abi.encode(GUARDIANS_TAG, patient, guardians));
        require(commitment == guardianship.commitment && guardians.threshold != 0, WrongGuardians(patient, commitment));
        _requireApprovals(patient, controller, commitment, issuedAt, deadline, guardians, approvals);
        uint48 readyAt = uint48(block.timestamp + guardianship.delay);
        (recovery.controller, recovery.readyAt, recovery.issuedAt) = (controller, readyAt, issuedAt);
        emit RecoveryStarted(patient, controller, readyAt, issuedAt, msg.sender);
    }

    /// @inheritdoc IPatientControl
    function cancelRecovery(address patient) external {
        _requireController(patient, msg.sender);
        _cancelRecovery(patient, _present(), msg.sender);
    }

    /// @inheritdoc IPatientControl
    function cancelRecoveryBySig(address patient, Signed calldata signed) external {
        bytes32 statement = Statements.cancelRecovery(patient, signed.issuedAt);
        _cancelRecovery(patient, signed.issuedAt, _signingController(patient, statement, signed));
    }

    /// @inheritdoc IPatientControl
    function completeRecovery(address patient) external {
        Recovery storage recovery = _recoveries[patient];
        (address controller, uint48 readyAt) = (recovery.controller, recovery.readyAt);
        require(readyAt != 0, NoRecovery(patient));
        require(block.timestamp >= readyAt, RecoveryNotReady(patient, readyAt));
        emit RecoveryCompleted(patient, controller, _setController(patient, controller), msg.sender);
    }

    // Views

    /// @inheritdoc IPatientControl
    function controllerOf(address patient) external view returns (address controller) {
        (controller, ) = _controlOf(patient);
    }

    /// @inheritdoc IPatientControl
    function voidBeforeOf(address patient) external view returns (uint48) {
        return _control[patient].voidBefore;
    }

    /// @inheritdoc IPatientControl
    function controlSinceOf(address patient) external view returns (uint48) {
        return _control[patient].controlSince;
    }

    /// @inheritdoc IPatientControl
    function speaksFor(address patient, address account) external view returns (bool) {
        return _speaksFor(patient, account);
    }

    /// @inheritdoc IPatientControl
    function appointmentOf(address patient, address representative) external view returns (Appointment) {
        return _appointments[patient][representative];
    }

    /// @inheritdoc IPatientControl
    function exclusionsOf(address patient) external view returns (uint64 categories, uint48 issuedAt) {
        Exclusions storage stored = _exclusions[patient];
        return (stored.categories, stored.issuedAt);
    }

    /// @inheritdoc IPatientControl
    function guardiansOf(address patient) external view returns (Guardianship memory) {
        return _guardianships[patient];
    }

    /// @inheritdoc IPatientControl
    function recoveryOf(address patient) external view returns (Recovery memory) {
        return _recoveries[patient];
    }

    /// @inheritdoc IPatientControl
    function accountOf(bytes calldata signer) external pure returns (address) {
        return Signers.accountOf(signer);
    }

    /// @inheritdoc IPatientControl
    function dependentOf(address parent, bytes32 salt) public pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(DEPENDENT_TAG, parent, salt)))));
    }

    // Internals: writing

    function _transfer(
        address patient,
        address controller,
        uint48 deadline,
        Signed calldata acceptance,
        address by
    ) private {
        _requireNewController(patient, controller);
        _requireInTime(acceptance.issuedAt, deadline);
        _requireCurrent(patient, acceptance.issuedAt);
        bytes32 statement = Statements.acceptControl(patient, controller, acceptance.issuedAt, deadline);
        require(Signers.accountOf(acceptance.signer) == controller, NotAcceptedBy(patient, controller));
        _requireSignature(statement, controller, acceptance.signer, acceptance.signature);
        Guardianship storage guardianship = _guardianships[patient];
        guardianship.settle();
        guardianship.dropNext();
        emit ControlTransferred(patient, controller, _setController(patient, controller), by);
    }

    /// @dev The only place where control passes to another key. At most once in a block, as whoever takes it must have agreed
    /// after the change before; so `controlSince` is never ahead of the present.
    function _setController(address patient, address controller) private returns (uint48 controlSince) {
        Control storage control = _control[patient];
        controlSince = uint48(_present());
        (control.controller, control.controlSince) = (controller, controlSince);
        delete _recoveries[patient];
    }

    function _createDependent(address parent, bytes32 salt) private returns (address dependent) {
        dependent = dependentOf(parent, salt);
        require(_control[dependent].controller == address(0), DependentExists(dependent));
        // Nobody controlled it before, so there is no older signature to be refused.
        _control[dependent].controller = parent;
        emit DependentCreated(dependent, parent, salt);
    }

    function _appoint(address patient, address representative, Appointment appointment, address by) private {
        if (appointment.equals(_appointments[patient][representative])) return;
        _appointments[patient][representative] = appointment;
        emit RepresentativeChanged(patient, representative, appointment, by);
    }

    function _exclude(address patient, uint64 categories, uint256 stamp, address by) private {
        require(categories & ~Codes.CATEGORIES == 0, InvalidCategories(categories));
        Exclusions storage stored = _exclusions[patient];
        if (stored.categories == categories && stored.issuedAt == stamp) return;
        (stored.categories, stored.issuedAt) = (categories, uint48(stamp));
        emit ExclusionsChanged(patient, categories, uint48(stamp), by);
    }

    function _setGuardians(address patient, bytes32 commitment, uint32 delay, uint256 stamp, address by) private {
        require(_isDelay(commitment, delay), InvalidDelay(delay));
        require(_recoveries[patient].readyAt == 0, RecoveryUnderWay(patient));
        Guardianship storage guardianship = _guardianships[patient];
        guardianship.settle();
        uint48 effectiveAt = uint48(block.timestamp + guardianship.delay);
        if (guardianship.issuedAt == stamp) {
            if (guardianship.isNext(commitment, delay, effectiveAt)) return;
        }
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

    // Internals: who speaks

    /// @dev The patient's `voidBefore`, if the caller speaks for the patient.
    function _requireSpeaker(address patient) internal view returns (uint256) {
        (address controller, uint256 voidBefore) = _controlOf(patient);
        if (msg.sender != controller) require(_speaksFor(patient, msg.sender), NotSpeakerFor(patient, msg.sender));
        return voidBefore;
    }

    /// @dev The account behind a signature, if it speaks for the patient, and was appointed before it signed.
    function _signingSpeaker(
        address patient,
        bytes32 statement,
        Signed calldata signed
    ) internal view returns (address account) {
        _requireCurrent(patient, signed.issuedAt);
        account = Signers.accountOf(signed.signer);
        (address controller, ) = _controlOf(patient);
        if (account != controller) {
            bool isOlder = signed.issuedAt <= _appointments[patient][account].issuedAt();
            require(!isOlder && _speaksFor(patient, account), NotSpeakerFor(patient, account));
        }
        _requireSignature(statement, account, signed.signer, signed.signature);
    }

    function _requireInTime(uint48 issuedAt, uint48 deadline) internal view {
        require(uint256(deadline) * 1000 <= issuedAt + MAX_UNDER_WAY, DeadlineTooFar(issuedAt, deadline));
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
    }

    function _controlOf(address patient) internal view returns (address controller, uint256 voidBefore) {
        Control storage control = _control[patient];
        (controller, voidBefore) = (control.controller, control.voidBefore);
        if (controller == address(0)) controller = patient;
    }

    /// @dev The stamp of what is said now: the last millisecond of this block's second, so that it comes after every
    /// statement signed before. In milliseconds.
    function _present() internal view returns (uint256) {
        unchecked {
            return block.timestamp * 1000 + 999;
        }
    }

    /// @dev Returns the patient's `controlSince`.
    function _requireController(address patient, address account) private view returns (uint256) {
        (address controller, ) = _controlOf(patient);
        require(account == controller, NotControllerOf(patient, account));
        return _control[patient].controlSince;
    }

    function _signingController(
        address patient,
        bytes32 statement,
        uint48 deadline,
        Signed calldata signed
    ) private view returns (address) {
        _requireInTime(signed.issuedAt, deadline);
        return _signingController(patient, statement, signed);
    }

    function _signingController(
        address patient,
        bytes32 statement,
        Signed calldata signed
    ) private view returns (address account) {
        _requireCurrent(patient, signed.issuedAt);
        account = Signers.accountOf(signed.signer);
        _requireController(patient, account);
        _requireSignature(statement, account, signed.signer, signed.signature);
    }

    function _speaksFor(address patient, address account) private view returns (bool) {
        (address controller, ) = _controlOf(patient);
        if (account == controller) return true;
        return _appointments[patient][account].isLive(_control[patient].controlSince, block.timestamp);
    }

    /// @dev Not from the future, and made under the present controller.
    function _requireCurrent(address patient, uint48 issuedAt) private view {
        _requirePast(issuedAt);
        uint48 controlSince = _control[patient].controlSince;
        require(issuedAt > controlSince, StatementVoid(issuedAt, controlSince));
    }

    function _requirePast(uint48 issuedAt) private view {
        uint256 present = _present();
        require(issuedAt < present, TooSoon(issuedAt, present - 1));
    }

    function _requireSignature(
        bytes32 statement,
        address account,
        bytes calldata signer,
        bytes calldata signature
    ) private view {
        require(Signers.isSigned(signer, _hashTypedDataV4(statement), signature), InvalidSignature(account));
    }

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

    function _requireNewController(address patient, address controller) private view {
        (address present, ) = _controlOf(patient);
        require(controller != address(0) && controller != present, InvalidController(patient, controller));
    }

    function _validateAppointment(address patient, address representative, uint48 since, uint48 until) private pure {
        require(representative != address(0), InvalidRepresentative(patient, representative));
        require(since < until, InvalidPeriod(since, until));
    }

    /// @dev The stamp of a direct word about control: after the last change of control.
    function _stampOf(uint256 stored, uint256 controlSince) private view returns (uint256) {
        return Math.max(Math.max(_present(), controlSince + 1), stored);
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
