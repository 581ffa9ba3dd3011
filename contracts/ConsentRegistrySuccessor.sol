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
        (control.controller, control.controlSince) = (controller, controlSince);
        _guardianships[patient] = predecessor.guardiansOf(patient);
        emit ControlSettled(patient, controller, controlSince);
    }

    // Break-glass

    function _exclusionsOf(address patient) internal view override returns (uint64 categories, uint48 issuedAt) {
        (categories, issuedAt) = super._exclusionsOf(patient);
        if (issuedAt == 0) return predecessor.exclusionsOf(patient);
    }

    function _lastEmergency(
        address patient,
        address provider
    ) internal view override returns (Terms last, uint256 voidBefore) {
        (last, voidBefore) = super._lastEmergency(patient, provider);
        if (last.isEmpty()) last = predecessor.termsOf(patient, provider, EMERGENCY);
        voidBefore = Math.max(voidBefore, predecessor.voidBeforeOf(patient));
    }
}
