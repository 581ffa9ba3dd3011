// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAuditLog} from "../../../contracts/interfaces/IAuditLog.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "../../../contracts/interfaces/IProviderRegistry.sol";
import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {Ability, Kind} from "../../../contracts/types/Provider.sol";
import {VM} from "./Vm.sol";

/// @notice The contracts as they are deployed, with a directory of three providers.
abstract contract World {
    uint256 internal constant START = 1_800_000_000;
    uint48 internal constant LISTED_UNTIL = uint48(START + 3650 days);

    uint48 internal constant WINDOW = 4 hours;
    uint32 internal constant BURST = 2;
    uint48 internal constant REFILL = 24 hours;

    address internal constant CONSORTIUM = address(0xC0);
    address internal constant ACCREDITOR = address(0xACC);
    /// @dev Lists CLINIC's keys; can read, contribute, break the glass, audit and manage.
    address internal constant MEMBER = address(0x3E3);
    /// @dev An organization that may contribute and break the glass.
    address internal constant CLINIC = address(0xC11);
    /// @dev An organization that may contribute.
    address internal constant LAB = address(0x1AB);
    /// @dev A researcher: not whom ANY_PROVIDER means.
    address internal constant RESEARCHER = address(0x5EA);

    IProviderRegistry internal providers;
    IConsentRegistry internal consents;
    IRecordRegistry internal records;
    IAuditLog internal audit;

    constructor() {
        VM.warp(START);
        address manager = _deploy("AccessManager.sol:AccessManager", abi.encode(CONSORTIUM));
        providers = IProviderRegistry(_deploy("ProviderRegistry.sol:ProviderRegistry", abi.encode(manager)));
        consents = _deployConsents();
        records = IRecordRegistry(_deploy("RecordRegistry.sol:RecordRegistry", abi.encode(consents)));
        audit = IAuditLog(_deploy("AuditLog.sol:AuditLog", abi.encode(records)));
        VM.prank(CONSORTIUM);
        providers.appointAccreditor(1, ACCREDITOR);
        _list(CLINIC, Kind.Organization, Ability.CONTRIBUTE);
        _list(LAB, Kind.Organization, Ability.CONTRIBUTE);
        _list(RESEARCHER, Kind.Researcher, 0);
        VM.prank(CONSORTIUM);
        providers.setEmergency(CLINIC, true);
        VM.prank(CLINIC);
        providers.setMember(CLINIC, MEMBER, Ability.ALL, LISTED_UNTIL);
    }

    /// @dev A further registry over the same directory.
    function _deployConsents() internal virtual returns (IConsentRegistry) {
        bytes memory arguments = abi.encode(providers, WINDOW, BURST, REFILL);
        return IConsentRegistry(_deploy("ConsentRegistry.sol:ConsentRegistry", arguments));
    }

    /// @dev One that comes after another in which nothing was said.
    function _deploySuccessor() internal returns (IConsentRegistry) {
        bytes memory first = abi.encode(providers, WINDOW, BURST, REFILL);
        address predecessor = _deploy("ConsentRegistry.sol:ConsentRegistry", first);
        bytes memory arguments = abi.encode(predecessor, providers, WINDOW, BURST, REFILL);
        return IConsentRegistry(_deploy("ConsentRegistrySuccessor.sol:ConsentRegistrySuccessor", arguments));
    }

    function _list(address provider, Kind kind, uint8 capabilities) internal {
        VM.prank(ACCREDITOR);
        providers.register(IProviderRegistry.Registration(provider, kind, capabilities, LISTED_UNTIL, "", ""));
    }

    /// @dev What is tested is what `hardhat build` made: test files only know the interfaces.
    function _deploy(string memory artifact, bytes memory arguments) private returns (address deployed) {
        bytes memory code = bytes.concat(VM.getCode(artifact), arguments);
        // solhint-disable-next-line no-inline-assembly
        assembly {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), artifact);
    }
}
