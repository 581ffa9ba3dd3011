// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {OrderTest} from "./Order.t.sol";
import {ReplacingTest} from "./Replacing.t.sol";
import {RolesTest} from "./Roles.t.sol";
import {WithdrawalTest} from "./Withdrawal.t.sol";

// Every registry comes after another in which nothing was said: the properties hold all the same.

contract OrderOfSuccessorTest is OrderTest {
    function _deployConsents() internal override returns (IConsentRegistry) {
        return _deploySuccessor();
    }
}

contract ReplacingOfSuccessorTest is ReplacingTest {
    function _deployConsents() internal override returns (IConsentRegistry) {
        return _deploySuccessor();
    }
}

contract RolesOfSuccessorTest is RolesTest {
    function _deployConsents() internal override returns (IConsentRegistry) {
        return _deploySuccessor();
    }
}

contract WithdrawalOfSuccessorTest is WithdrawalTest {
    function _deployConsents() internal override returns (IConsentRegistry) {
        return _deploySuccessor();
    }
}
