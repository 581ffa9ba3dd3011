// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Custodians} from "./Custodians.sol";

/// @notice A story of custodians and records, held against its own log at every step. docs/properties.md.
contract RecordsTest {
    Custodians private _custodians;

    function setUp() external {
        _custodians = new Custodians();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_custodians);
    }

    function invariant_recordsAreWhatTheirCustodiansSaid() external view {
        string memory how = _custodians.broken();
        require(bytes(how).length == 0, how);
    }
}
