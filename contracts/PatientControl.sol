// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPatientControl} from "./interfaces/IPatientControl.sol";

abstract contract PatientControl is IPatientControl {
    /// @dev One slot.
    struct Control {
        /// Zero: the patient's own address.
        address controller;
        uint48 voidBefore;
        /// Every signature must be newer. Milliseconds.
        uint48 controlSince;
    }

    /// @dev How far a stamp may run ahead of the present when several words fall into one block. Milliseconds.
    uint256 internal constant MAX_LEAD = 1000;

    mapping(address patient => Control) internal _control;

    // Views

    /// @inheritdoc IPatientControl
    function controllerOf(address patient) external view returns (address controller) {
        (controller, ) = _controlOf(patient);
    }

    /// @inheritdoc IPatientControl
    function voidBeforeOf(address patient) external view returns (uint48) {
        return _control[patient].voidBefore;
    }

    // Internals

    /// @dev The patient's `voidBefore`, if the caller speaks for the patient.
    function _requireSpeaker(address patient) internal view returns (uint256) {
        (address controller, uint256 voidBefore) = _controlOf(patient);
        require(msg.sender == controller, NotSpeakerFor(patient, msg.sender));
        return voidBefore;
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
}
