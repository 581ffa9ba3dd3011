// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPatientControl} from "./interfaces/IPatientControl.sol";
import {Recoveries} from "./control/Recoveries.sol";
import {Codes} from "./libraries/Codes.sol";
import {Signers} from "./libraries/Signers.sol";
import {Statements} from "./libraries/Statements.sol";
import {Appointment, AppointmentLib} from "./types/Appointment.sol";
import {Signed} from "./types/Signed.sol";

/// @dev Who speaks for a patient: the controller, and the representatives whom it appoints.
abstract contract PatientControl is Recoveries {
    /// @dev One slot.
    struct Exclusions {
        uint64 categories;
        uint48 issuedAt;
    }

    mapping(address patient => Exclusions) internal _exclusions;
    mapping(address patient => mapping(address representative => Appointment)) private _appointments;

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

    // Views

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
        return _exclusionsOf(patient);
    }

    // Internals: writing

    function _transfer(
        address patient,
        address controller,
        uint48 deadline,
        Signed calldata acceptance,
        address by
    ) private {
        _settleControl(patient);
        _requireNewController(patient, controller);
        _requireInTime(acceptance.issuedAt, deadline);
        _requireCurrent(patient, acceptance.issuedAt);
        bytes32 statement = Statements.acceptControl(patient, controller, acceptance.issuedAt, deadline);
        require(Signers.accountOf(acceptance.signer) == controller, NotAcceptedBy(patient, controller));
        _requireSignature(statement, controller, acceptance.signer, acceptance.signature);
        _keepGuardians(patient);
        emit ControlTransferred(patient, controller, _passControl(patient, controller), by);
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

    // Internals: reading

    function _exclusionsOf(address patient) internal view virtual returns (uint64 categories, uint48 issuedAt) {
        Exclusions storage stored = _exclusions[patient];
        return (stored.categories, stored.issuedAt);
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

    function _speaksFor(address patient, address account) private view returns (bool) {
        (address controller, ) = _controlOf(patient);
        if (account == controller) return true;
        return _appointments[patient][account].isLive(_controlSinceOf(patient), block.timestamp);
    }

    function _validateAppointment(address patient, address representative, uint48 since, uint48 until) private pure {
        require(representative != address(0), InvalidRepresentative(patient, representative));
        require(since < until, InvalidPeriod(since, until));
    }
}
