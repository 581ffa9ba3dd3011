// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {Scope} from "../types/Scope.sol";

/**
 * @notice The EIP-712 types of everything that can be signed, and the hashes of their structs. Pure.
 * @dev The domain is name "Consentry", version "1", chain id and verifying contract. `issuedAt`, the stamp, is in milliseconds;
 * all other times are unix seconds, and `delay` is in seconds.
 * A statement with a deadline can't be delivered after it; one without can be delivered as long as its signer may speak.
 */
library Statements {
    bytes32 private constant GRANT = keccak256(
        "Grant(address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional)"
    );

    bytes32 private constant GRANTS = keccak256(
        "Grants(address patient,Grant[] grants,string statement,bytes32 document,uint48 issuedAt,uint48 deadline)Grant(address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional)"
    );

    bytes32 private constant REVOCATION = keccak256("Revocation(address grantee,bytes32 scope)");

    bytes32 private constant REVOCATIONS = keccak256(
        "Revocations(address patient,Revocation[] revocations,uint48 issuedAt)Revocation(address grantee,bytes32 scope)"
    );

    bytes32 private constant REVOKE_ALL = keccak256("RevokeAll(address patient,uint48 issuedAt)");

    bytes32 private constant TRANSFER_CONTROL = keccak256(
        "TransferControl(address patient,address controller,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant ACCEPT_CONTROL = keccak256(
        "AcceptControl(address patient,address controller,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant CREATE_DEPENDENT = keccak256(
        "CreateDependent(address parent,bytes32 salt,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant APPOINT_REPRESENTATIVE = keccak256(
        "AppointRepresentative(address patient,address representative,uint48 since,uint48 until,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant DISMISS_REPRESENTATIVE = keccak256(
        "DismissRepresentative(address patient,address representative,uint48 issuedAt)"
    );

    bytes32 private constant SET_EXCLUSIONS = keccak256(
        "SetExclusions(address patient,uint64 categories,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant SET_GUARDIANS = keccak256(
        "SetGuardians(address patient,bytes32 commitment,uint32 delay,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant APPROVE_RECOVERY = keccak256(
        "ApproveRecovery(address guardian,address patient,address controller,bytes32 commitment,uint48 issuedAt,uint48 deadline)"
    );

    bytes32 private constant CANCEL_RECOVERY = keccak256("CancelRecovery(address patient,uint48 issuedAt)");

    // Consents

    /// @param statement The hash of the sentence that the patient reads; the sentence itself is what is signed.
    function grants(
        address patient,
        IConsentRegistry.Grant[] calldata items,
        bytes32 statement,
        bytes32 document,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            hashes[i] = _grant(items[i]);
        }
        return keccak256(abi.encode(GRANTS, patient, _joined(hashes), statement, document, issuedAt, deadline));
    }

    function revocations(
        address patient,
        IConsentRegistry.Revocation[] calldata items,
        uint48 issuedAt
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            hashes[i] = keccak256(abi.encode(REVOCATION, items[i].grantee, items[i].scope));
        }
        return keccak256(abi.encode(REVOCATIONS, patient, _joined(hashes), issuedAt));
    }

    function revokeAll(address patient, uint48 issuedAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(REVOKE_ALL, patient, issuedAt));
    }

    // Control

    function transferControl(
        address patient,
        address controller,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(TRANSFER_CONTROL, patient, controller, issuedAt, deadline));
    }

    function acceptControl(
        address patient,
        address controller,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(ACCEPT_CONTROL, patient, controller, issuedAt, deadline));
    }

    function createDependent(
        address parent,
        bytes32 salt,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(CREATE_DEPENDENT, parent, salt, issuedAt, deadline));
    }

    function appointRepresentative(
        address patient,
        address representative,
        uint48 since,
        uint48 until,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(APPOINT_REPRESENTATIVE, patient, representative, since, until, issuedAt, deadline));
    }

    function dismissRepresentative(
        address patient,
        address representative,
        uint48 issuedAt
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(DISMISS_REPRESENTATIVE, patient, representative, issuedAt));
    }

    function setExclusions(
        address patient,
        uint64 categories,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(SET_EXCLUSIONS, patient, categories, issuedAt, deadline));
    }

    // Recovery

    function setGuardians(
        address patient,
        bytes32 commitment,
        uint32 delay,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(SET_GUARDIANS, patient, commitment, delay, issuedAt, deadline));
    }

    function approveRecovery(
        address guardian,
        address patient,
        address controller,
        bytes32 commitment,
        uint48 issuedAt,
        uint48 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(APPROVE_RECOVERY, guardian, patient, controller, commitment, issuedAt, deadline));
    }

    function cancelRecovery(address patient, uint48 issuedAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(CANCEL_RECOVERY, patient, issuedAt));
    }

    function _grant(IConsentRegistry.Grant calldata item) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    GRANT,
                    item.grantee,
                    item.scope,
                    item.terms.categories(),
                    item.terms.purposes(),
                    item.terms.actions(),
                    item.terms.notBefore(),
                    item.terms.expiresAt(),
                    item.terms.isConditional()
                )
            );
    }

    /// @dev The hash of an array, as EIP-712 encodes it.
    function _joined(bytes32[] memory hashes) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hashes));
    }
}
