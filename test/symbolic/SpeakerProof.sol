// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "../../contracts/interfaces/IProviderRegistry.sol";
import {Appointment} from "../../contracts/types/Appointment.sol";
import {SYMBOLIC, VM} from "./Cheats.sol";

/// @notice Proven for every state of the registry, every caller and every time: who may speak for a patient.
contract SpeakerProof {
    ConsentRegistry private _consents;

    function setUp() external {
        _consents = new ConsentRegistry(IProviderRegistry(address(0)), 4 hours, 20, 1 days);
        SYMBOLIC.enableSymbolicStorage(address(_consents));
    }

    function proveOnlyASpeakerGrants(address patient, address caller, uint48 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient, time);
        VM.prank(caller);
        try _consents.grant(patient, new IConsentRegistry.Grant[](0), 0) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    function proveOnlyASpeakerRevokesAndNoSpeakerIsRefused(address patient, address caller, uint48 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient, time);
        VM.prank(caller);
        try _consents.revoke(patient, new IConsentRegistry.Revocation[](0)) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    function proveRevokingAllNeverFailsForASpeaker(address patient, address caller, uint40 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient, time);
        VM.prank(caller);
        try _consents.revokeAll(patient) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    // The rule, written down a second time.

    /// @dev The controller; or a representative appointed after the last change of control, in its time.
    function _speaksFor(address caller, address patient, uint256 time) private view returns (bool) {
        uint256 appointment = Appointment.unwrap(_consents.appointmentOf(patient, caller));
        (uint48 since, uint48 until, uint48 issuedAt) = (
            uint48(appointment),
            uint48(appointment >> 48),
            uint48(appointment >> 96)
        );
        bool appointed = issuedAt > _consents.controlSinceOf(patient) && since <= time && time < until;
        return appointed || caller == _consents.controllerOf(patient);
    }
}
