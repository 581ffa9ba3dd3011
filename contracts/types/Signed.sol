// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice When a statement was made, and by whose signature. Anybody may deliver it.
struct Signed {
    /// The stamp of what is stated. Milliseconds.
    uint48 issuedAt;
    /// ERC-7913: an account (20 bytes: a plain key, an EIP-7702 account or an ERC-1271 wallet), or a verifier (20 bytes) and
    /// a key (the rest), such as a passkey.
    bytes signer;
    /// Over the EIP-712 hash of the statement.
    bytes signature;
}

/// @notice One of several signatures under the same statement.
struct Approval {
    /// As in `Signed`.
    bytes signer;
    bytes signature;
}
