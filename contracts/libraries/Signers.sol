// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice Tells which account a signer (ERC-7913) is, and whether a signature is its.
library Signers {
    bytes32 private constant SIGNER_TAG = keccak256("consentry.Signer");

    uint256 private constant ACCOUNT_LENGTH = 20;

    /// @notice The account itself; of a verifier and a key, an address that nobody else can have.
    function accountOf(bytes calldata signer) internal pure returns (address) {
        if (signer.length == ACCOUNT_LENGTH) return address(bytes20(signer));
        return address(uint160(uint256(keccak256(abi.encode(SIGNER_TAG, keccak256(signer))))));
    }

    /// @notice Whether `signature` over `hash` is the signer's. A verifier that fails makes the call fail.
    /// @dev An account's own key comes before its code, so that an EIP-7702 account keeps its key whatever it delegates to.
    function isSigned(bytes calldata signer, bytes32 hash, bytes calldata signature) internal view returns (bool) {
        if (signer.length < ACCOUNT_LENGTH) return false;
        address account = address(bytes20(signer));
        if (signer.length > ACCOUNT_LENGTH) {
            // A precompile that returns what it is given would accept any signature.
            if (account.code.length == 0) return false;
            bytes4 answer = IERC7913SignatureVerifier(account).verify(signer[ACCOUNT_LENGTH:], hash, signature);
            return answer == IERC7913SignatureVerifier.verify.selector;
        }
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(hash, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == account) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(account, hash, signature);
    }
}
