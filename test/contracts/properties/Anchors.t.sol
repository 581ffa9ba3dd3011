// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Auditors} from "./Auditors.sol";

/// @notice Property 7: the anchored entries of a custodian are contiguous.
contract AnchorsTest {
    Auditors private _auditors;

    function setUp() external {
        _auditors = new Auditors();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_auditors);
    }

    function invariant_entriesAreContiguous() external view {
        string memory how = _auditors.fault();
        require(bytes(how).length == 0, how);
    }
}
