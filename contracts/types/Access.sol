// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision} from "./Decision.sol";

/**
 * @notice One access in one word: what was asked for, and the answer.
 * @dev From the lowest bit: categories 64 | purpose 32 | action 8 | decision 8 | any provider 1 (the word that decided was
 * ANY_PROVIDER's, not the grantee's own). Purpose and action are as they were asked for: one bit, but where the request was
 * invalid or the record unknown.
 */
type Access is uint256;

/// @notice Pure.
library AccessLib {
    uint256 private constant PURPOSE_AT = 64;
    uint256 private constant ACTION_AT = 96;
    uint256 private constant DECISION_AT = 104;
    uint256 private constant ANY_PROVIDER_AT = 112;

    function pack(
        uint64 categories,
        uint32 purpose,
        uint8 action,
        Decision decision,
        bool anyProvider
    ) internal pure returns (Access) {
        uint256 word =
            uint256(categories) |
                (uint256(purpose) << PURPOSE_AT) |
                (uint256(action) << ACTION_AT) |
                (uint256(decision) << DECISION_AT);
        if (anyProvider) word |= 1 << ANY_PROVIDER_AT;
        return Access.wrap(word);
    }
}
