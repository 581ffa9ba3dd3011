// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a reviewer found. `None` is no finding, and is refused.
enum Verdict {
    None,
    Justified,
    Unjustified,
    /// What is known does not suffice to say.
    Inconclusive
}
