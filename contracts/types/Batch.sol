// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/**
 * @notice Which entries of a custodian's trail were anchored together: a range of indices.
 * @dev From the lowest bit: count 64 | first entry 64. A batch is known by its range, so a root proves nothing about an
 * index outside of it.
 */
type Batch is uint256;

using BatchLib for Batch global;

/// @notice Pure.
library BatchLib {
    uint256 private constant FIRST_ENTRY_AT = 64;

    function pack(uint64 firstEntry_, uint64 count_) internal pure returns (Batch) {
        return Batch.wrap((uint256(firstEntry_) << FIRST_ENTRY_AT) | uint256(count_));
    }

    function firstEntry(Batch batch) internal pure returns (uint64) {
        return uint64(Batch.unwrap(batch) >> FIRST_ENTRY_AT);
    }

    function count(Batch batch) internal pure returns (uint64) {
        return uint64(Batch.unwrap(batch));
    }

    function contains(Batch batch, uint64 index) internal pure returns (bool) {
        return index >= firstEntry(batch) && index - firstEntry(batch) < count(batch);
    }
}
