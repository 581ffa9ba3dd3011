// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the prover does on request.
interface Cheats {
    /// @notice Looks only at the cases in which this holds.
    function assume(bool condition) external pure;

    /// @notice Sets the time of the block.
    function warp(uint256 time) external;

    /// @notice The next call is made by `caller`.
    function prank(address caller) external;
}

/// @notice What only halmos does.
interface SymbolicCheats {
    /// @notice The account's storage may hold anything.
    function enableSymbolicStorage(address account) external;
}

Cheats constant VM = Cheats(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
SymbolicCheats constant SYMBOLIC = SymbolicCheats(0xF3993A62377BCd56AE39D773740A5390411E8BC9);
