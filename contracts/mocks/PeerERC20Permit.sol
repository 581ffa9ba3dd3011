// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice OpenZeppelin's `ERC20Permit`, which is abstract, as it is: a peer of the gas bench.
contract PeerERC20Permit is ERC20Permit {
    constructor() ERC20("Peer", "PEER") ERC20Permit("Peer") {}
}
