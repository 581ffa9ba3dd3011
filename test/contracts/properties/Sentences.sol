// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Scope} from "../../../contracts/types/Scope.sol";
import {Terms} from "../../../contracts/types/Terms.sol";

/// @notice The EIP-712 hashes of what is signed, as docs and wallets have them, apart from the contracts' own library.
library Sentences {
    bytes32 internal constant STATEMENT = keccak256("I agree.");

    string private constant GRANT =
        "Grant(address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional)";

    function grants(
        address patient,
        IConsentRegistry.Grant[] memory items,
        bytes32 document,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            hashes[i] = _grant(items[i].grantee, items[i].scope, Terms.unwrap(items[i].terms));
        }
        bytes32 kind = keccak256(
            abi.encodePacked(
                "Grants(address patient,Grant[] grants,string statement,bytes32 document,uint48 issuedAt,uint48 deadline)",
                GRANT
            )
        );
        bytes32 joined = keccak256(abi.encodePacked(hashes));
        return keccak256(abi.encode(kind, patient, joined, STATEMENT, document, issuedAt, deadline));
    }

    function revocations(
        address patient,
        IConsentRegistry.Revocation[] memory items,
        uint48 issuedAt
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            bytes32 item = keccak256("Revocation(address grantee,bytes32 scope)");
            hashes[i] = keccak256(abi.encode(item, items[i].grantee, items[i].scope));
        }
        bytes32 kind = keccak256(
            "Revocations(address patient,Revocation[] revocations,uint48 issuedAt)Revocation(address grantee,bytes32 scope)"
        );
        return keccak256(abi.encode(kind, patient, keccak256(abi.encodePacked(hashes)), issuedAt));
    }

    function revokeAll(address patient, uint48 issuedAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("RevokeAll(address patient,uint48 issuedAt)"), patient, issuedAt));
    }

    function acceptControl(
        address patient,
        address controller,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        bytes32 kind = keccak256("AcceptControl(address patient,address controller,uint48 issuedAt,uint48 deadline)");
        return keccak256(abi.encode(kind, patient, controller, issuedAt, deadline));
    }

    function appointment(
        address patient,
        address representative,
        uint48 since,
        uint48 until,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        bytes32 kind = keccak256(
            "AppointRepresentative(address patient,address representative,uint48 since,uint48 until,uint48 issuedAt,uint48 deadline)"
        );
        return keccak256(abi.encode(kind, patient, representative, since, until, issuedAt, deadline));
    }

    function dismissal(address patient, address representative, uint48 issuedAt) internal pure returns (bytes32) {
        bytes32 kind = keccak256("DismissRepresentative(address patient,address representative,uint48 issuedAt)");
        return keccak256(abi.encode(kind, patient, representative, issuedAt));
    }

    function _grant(address grantee, Scope scope, uint256 terms) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(bytes(GRANT)),
                    grantee,
                    scope,
                    uint64(terms),
                    uint32(terms >> 64),
                    uint8(terms >> 96),
                    uint48(terms >> 104),
                    uint48(terms >> 152),
                    terms >> 248 == 1
                )
            );
    }
}
