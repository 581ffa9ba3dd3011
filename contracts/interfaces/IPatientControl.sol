// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/**
 * @title Who speaks for a patient
 * @notice A patient is an address that never changes; the key behind it may. Until changed, an address controls itself, so
 * that no registration is needed.
 */
interface IPatientControl {
    /// @notice `caller` may not speak for `patient`.
    error NotSpeakerFor(address patient, address caller);

    /// @notice Who speaks for the patient. Nobody but the patient's own keys can change it.
    function controllerOf(address patient) external view returns (address);

    /// @notice Every grant stamped at or before it is dead. Milliseconds; 0 if the patient never revoked all.
    function voidBeforeOf(address patient) external view returns (uint48);
}
