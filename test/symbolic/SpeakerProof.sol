// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "../../contracts/interfaces/IProviderRegistry.sol";
import {SYMBOLIC, VM} from "./Cheats.sol";

/// @notice Proven for every state of the registry, every caller and every time: who may speak for a patient.
contract SpeakerProof {
    ConsentRegistry private _consents;

    function setUp() external {
        _consents = new ConsentRegistry(IProviderRegistry(address(0)));
        SYMBOLIC.enableSymbolicStorage(address(_consents));
    }

    function proveOnlyASpeakerGrants(address patient, address caller, uint48 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient);
        VM.prank(caller);
        try _consents.grant(patient, new IConsentRegistry.Grant[](0), 0) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    function proveOnlyASpeakerRevokesAndNoSpeakerIsRefused(address patient, address caller, uint48 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient);
        VM.prank(caller);
        try _consents.revoke(patient, new IConsentRegistry.Revocation[](0)) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    function proveRevokingAllNeverFailsForASpeaker(address patient, address caller, uint40 time) external {
        VM.warp(time);
        bool expected = _speaksFor(caller, patient);
        VM.prank(caller);
        try _consents.revokeAll(patient) {
            assert(expected);
        } catch {
            assert(!expected);
        }
    }

    // The rule, written down a second time.

    function _speaksFor(address caller, address patient) private view returns (bool) {
        return caller == _consents.controllerOf(patient);
    }
}
