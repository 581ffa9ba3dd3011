// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IPatientControl} from "../../../contracts/interfaces/IPatientControl.sol";
import {Vm} from "./Vm.sol";
import {GENERAL_SCOPE, EMERGENCY_SCOPE, stamped} from "./Words.sol";

/// @notice The state of a consent registry as somebody knows it who reads nothing but its events.
abstract contract LogBook {
    struct Entry {
        address controller;
        uint48 controlSince;
        uint48 voidBefore;
        uint64 excluded;
        uint48 excludedAt;
    }

    mapping(address patient => mapping(address grantee => mapping(bytes32 scope => uint256))) internal logged;
    mapping(address patient => mapping(address representative => uint256)) internal loggedMandates;
    mapping(address patient => Entry) internal loggedPeople;
    /// @dev Who spoke, by the last event.
    address internal loggedBy;

    /// @dev Takes an event into account. Whether it told anything new.
    function _read(Vm.Log memory log) internal returns (bool) {
        bytes32 kind = log.topics[0];
        address patient = _address(log.topics[1]);
        if (kind == IConsentRegistry.AllRevoked.selector) return _readAllRevoked(patient, log.data);
        if (kind == IPatientControl.ExclusionsChanged.selector) return _readExclusions(patient, log.data);
        address other = _address(log.topics[2]);
        if (kind == IPatientControl.ControlTransferred.selector) return _readControl(patient, other, log.data);
        if (kind == IPatientControl.RepresentativeChanged.selector) return _readMandate(patient, other, log.data);
        return _readWord(kind, patient, other, log);
    }

    function _readWord(bytes32 kind, address patient, address grantee, Vm.Log memory log) private returns (bool) {
        uint256 word;
        bytes32 scope;
        if (kind == IConsentRegistry.ConsentRestarted.selector) {
            scope = GENERAL_SCOPE;
            (word, loggedBy) = abi.decode(log.data, (uint256, address));
        } else if (kind == IConsentRegistry.ConsentRevoked.selector) {
            scope = log.topics[3];
            (word, loggedBy) = abi.decode(log.data, (uint256, address));
            word = stamped(0, word);
        } else if (kind == IConsentRegistry.ConsentGranted.selector) {
            scope = log.topics[3];
            (word, , loggedBy) = abi.decode(log.data, (uint256, bytes32, address));
        } else {
            require(kind == IConsentRegistry.GlassBroken.selector, "an event that nobody knows");
            scope = EMERGENCY_SCOPE;
            (word, , loggedBy) = abi.decode(log.data, (uint256, bytes32, address));
            logged[patient][grantee][scope] = word;
            // Even where it opens nothing new it takes from what the provider may.
            return true;
        }
        if (logged[patient][grantee][scope] == word) return false;
        logged[patient][grantee][scope] = word;
        return true;
    }

    function _readAllRevoked(address patient, bytes memory data) private returns (bool isNews) {
        uint48 voidBefore;
        (voidBefore, loggedBy) = abi.decode(data, (uint48, address));
        isNews = voidBefore != loggedPeople[patient].voidBefore;
        loggedPeople[patient].voidBefore = voidBefore;
    }

    function _readExclusions(address patient, bytes memory data) private returns (bool isNews) {
        Entry storage entry = loggedPeople[patient];
        (uint64 categories, uint48 issuedAt, address by) = abi.decode(data, (uint64, uint48, address));
        isNews = categories != entry.excluded || issuedAt != entry.excludedAt;
        (entry.excluded, entry.excludedAt, loggedBy) = (categories, issuedAt, by);
    }

    function _readControl(address patient, address controller, bytes memory data) private returns (bool isNews) {
        Entry storage entry = loggedPeople[patient];
        isNews = entry.controller != controller;
        entry.controller = controller;
        (entry.controlSince, loggedBy) = abi.decode(data, (uint48, address));
    }

    function _readMandate(address patient, address representative, bytes memory data) private returns (bool isNews) {
        uint256 mandate;
        (mandate, loggedBy) = abi.decode(data, (uint256, address));
        isNews = loggedMandates[patient][representative] != mandate;
        loggedMandates[patient][representative] = mandate;
    }

    function _address(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}
