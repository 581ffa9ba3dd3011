// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Where a record stands.
enum Status {
    Unknown,
    Registered,
    Erased
}

/// @notice A pointer to a record.
struct Pointer {
    address patient;
    uint64 categories;
    /// Counts the contents from 1.
    uint24 version;
    Status status;
    /// Of the current content, with a secret salt.
    bytes32 contentHash;
}

/**
 * @notice All of a pointer but its hash, in one word, so that it is written at once.
 * @dev From the lowest bit: patient 160 | categories 64 | version 24 | status 8.
 */
type Header is uint256;

using HeaderLib for Header global;

/// @notice Pure.
library HeaderLib {
    uint256 private constant CATEGORIES_AT = 160;
    uint256 private constant VERSION_AT = 224;
    uint256 private constant STATUS_AT = 248;

    /// @notice The header of an erased record.
    Header internal constant ERASED = Header.wrap(uint256(Status.Erased) << STATUS_AT);

    /// @notice The header of a registered record.
    function pack(address patient_, uint64 categories_, uint24 version_) internal pure returns (Header) {
        return
            Header.wrap(
                uint256(uint160(patient_)) |
                    (uint256(categories_) << CATEGORIES_AT) |
                    (uint256(version_) << VERSION_AT) |
                    (uint256(Status.Registered) << STATUS_AT)
            );
    }

    function patient(Header header) internal pure returns (address) {
        return address(uint160(Header.unwrap(header)));
    }

    function categories(Header header) internal pure returns (uint64) {
        return uint64(Header.unwrap(header) >> CATEGORIES_AT);
    }

    function version(Header header) internal pure returns (uint24) {
        return uint24(Header.unwrap(header) >> VERSION_AT);
    }

    function status(Header header) internal pure returns (Status) {
        return Status(Header.unwrap(header) >> STATUS_AT);
    }
}
