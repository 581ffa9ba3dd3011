// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ConsentRegistry} from "./ConsentRegistry.sol";
import {IConsentRegistrySuccessor} from "./interfaces/IConsentRegistrySuccessor.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {Guardianship, Recovery} from "./types/Guardianship.sol";
import {EMERGENCY} from "./types/Scope.sol";
import {Terms} from "./types/Terms.sol";

contract ConsentRegistrySuccessor is IConsentRegistrySuccessor, ConsentRegistry {
    /// @inheritdoc IConsentRegistrySuccessor
    ConsentRegistry public immutable predecessor;

    /// @param predecessor_ On the same chain.
    constructor(
        ConsentRegistry predecessor_,
        IProviderRegistry providers_,
        uint48 window,
        uint32 burst,
        uint48 refill
    ) ConsentRegistry(providers_, window, burst, refill) {
        // Fails if there is no such contract.
        predecessor_.providers();
        predecessor = predecessor_;
    }

    // Control

    /// @inheritdoc IConsentRegistrySuccessor
    function isSettled(address patient) public view returns (bool) {
        return _control[patient].controller != address(0);
    }

    function _firstControllerOf(address patient) internal view override returns (address) {
        return predecessor.controllerOf(patient);
    }

    function _controlSinceOf(address patient) internal view override returns (uint48) {
        return isSettled(patient) ? super._controlSinceOf(patient) : predecessor.controlSinceOf(patient);
    }

    function _guardianshipOf(address patient) internal view override returns (Guardianship memory) {
        return isSettled(patient) ? super._guardianshipOf(patient) : predecessor.guardiansOf(patient);
    }

    function _recoveryOf(address patient) internal view override returns (Recovery memory) {
        return isSettled(patient) ? super._recoveryOf(patient) : predecessor.recoveryOf(patient);
    }

    function _settleControl(address patient) internal override {
        if (isSettled(patient)) return;
        require(_recoveryOf(patient).readyAt == 0, RecoveryUnderWay(patient));
        Control storage control = _control[patient];
        (address controller, uint48 controlSince) = (
            predecessor.controllerOf(patient),
            predecessor.controlSinceOf(patient)
        );
        (uint64 categories, uint48 issuedAt) = _exclusionsOf(patient);
        _exclusions[patient] = Exclusions(categories, issuedAt);
        (control.controller, control.controlSince) = (controller, controlSince);
        _guardianships[patient] = predecessor.guardiansOf(patient);
        emit ControlSettled(patient, controller, controlSince);
    }

    // Break-glass

    function _exclusionsOf(address patient) internal view override returns (uint64 categories, uint48 issuedAt) {
        (categories, issuedAt) = super._exclusionsOf(patient);
        if (issuedAt == 0 && !isSettled(patient)) return predecessor.exclusionsOf(patient);
    }

    /// @dev What is open in one of the registries, and the stamp at which the patient last ended anything in one of them: that
    /// counts in all. Refuses what one of them would refuse.
    function _lastEmergency(
        address patient,
        address provider
    ) internal view override returns (Terms open, uint256 ended) {
        uint256 waitsUntil = 0;
        // What was ended has to be known before it is asked what is open.
        for (uint256 round = 0; round < 2; ++round) {
            for (ConsentRegistry each = this; address(each) != address(0); each = _predecessorOf(each)) {
                Terms stored = each.termsOf(patient, provider, EMERGENCY);
                uint256 stamp = stored.issuedAt();
                uint256 window = uint256(each.emergencyWindow()) * 1000;
                if (round == 0) {
                    ended = Math.max(ended, Math.max(each.voidBeforeOf(patient), stored.isGrant() ? 0 : stamp));
                } else if (stamp <= ended) {
                    waitsUntil = Math.max(waitsUntil, Math.min(ended, stamp + window) + window);
                } else if (open.isEmpty() && block.timestamp < stored.expiresAt()) {
                    open = stored;
                }
            }
        }
        require(block.timestamp * 1000 >= waitsUntil, EndedByPatient(waitsUntil));
    }

    /// @dev Zero: it is the first.
    function _predecessorOf(ConsentRegistry registry) private view returns (ConsentRegistry) {
        try IConsentRegistrySuccessor(address(registry)).predecessor() returns (ConsentRegistry before) {
            return before;
        } catch {
            return ConsentRegistry(address(0));
        }
    }
}
