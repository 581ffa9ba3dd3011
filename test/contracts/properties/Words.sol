// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {ProgrammeId, RecordId, Scope} from "../../../contracts/types/Scope.sol";
import {Signed} from "../../../contracts/types/Signed.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {VM} from "./Vm.sol";

// What patients say, written down a second time: nothing here rests on the libraries of the contracts.

address constant ANY = address(uint160(uint256(keccak256("consentry.ANY_PROVIDER"))));

bytes32 constant GENERAL_SCOPE = bytes32(uint256(1) << 248);
bytes32 constant EMERGENCY_SCOPE = bytes32(uint256(5) << 248);
bytes32 constant TREAT_SCOPE = bytes32((uint256(2) << 248) | 0x1);
bytes32 constant RESEARCH_SCOPE = bytes32((uint256(2) << 248) | 0x20000);
/// @dev Kept by the lab.
bytes32 constant RECORD = bytes32((uint256(3) << 248) | (uint256(0x1AB) << 88) | 7);
bytes32 constant STUDY = bytes32((uint256(4) << 248) | 9);

uint32 constant TREAT_PURPOSE = 0x1;
uint32 constant RESEARCH_PURPOSE = 0x20000;
uint32 constant EMERGENCY_PURPOSE = 0x80000000;

uint8 constant COLLECT_ACTION = 1;
uint8 constant ACCESS_ACTION = 2;
uint8 constant USE_ACTION = 4;

uint48 constant FOR_EVER = type(uint48).max;

/// @notice Terms without a stamp; of a refusal, only the stamp.
function packed(uint64 categories, uint32 purposes, uint8 actions, uint48 start, uint48 end) pure returns (uint256) {
    return
        uint256(categories) |
        (uint256(purposes) << 64) |
        (uint256(actions) << 96) |
        (uint256(start) << 104) |
        (uint256(end) << 152);
}

function stamped(uint256 terms, uint256 stamp) pure returns (uint256) {
    return terms | (stamp << 200);
}

function stampOf(uint256 word) pure returns (uint48) {
    return uint48(word >> 200);
}

function startOf(uint256 word) pure returns (uint48) {
    return uint48(word >> 104);
}

function endOf(uint256 word) pure returns (uint48) {
    return uint48(word >> 152);
}

function isConsent(uint256 word) pure returns (bool) {
    return uint64(word) != 0;
}

function isRefusal(uint256 word) pure returns (bool) {
    return word != 0 && uint64(word) == 0;
}

/// @notice Whether the bits of a consent contain those of a request.
function covers(uint256 word, IConsentRegistry.Request memory request) pure returns (bool) {
    return
        uint256(request.categories) & ~word == 0 &&
        uint256(request.purpose) & (word >> 64) != 0 &&
        uint256(request.action) & (word >> 96) != 0;
}

/// @notice A person with a key of its own; the account is that of the key.
function keyOf(uint256 person) pure returns (uint256) {
    return 1000 + person;
}

function personOf(uint256 person) pure returns (address) {
    return VM.addr(keyOf(person));
}

function oneGrant(address grantee, bytes32 scope, uint256 terms) pure returns (IConsentRegistry.Grant[] memory items) {
    items = new IConsentRegistry.Grant[](1);
    items[0] = IConsentRegistry.Grant(grantee, Scope.wrap(scope), Terms.wrap(terms));
}

function oneRevocation(address grantee, bytes32 scope) pure returns (IConsentRegistry.Revocation[] memory items) {
    items = new IConsentRegistry.Revocation[](1);
    items[0] = IConsentRegistry.Revocation(grantee, Scope.wrap(scope));
}

/// @notice A request without record or programme.
function question(
    address patient,
    address grantee,
    uint32 purpose,
    uint64 categories,
    uint8 action
) pure returns (IConsentRegistry.Request memory) {
    return
        IConsentRegistry.Request(patient, grantee, RecordId.wrap(0), ProgrammeId.wrap(0), purpose, categories, action);
}

/// @notice A signature by a plain key over a statement, for one contract on one chain.
function signedBy(
    uint256 key,
    bytes32 statement,
    uint48 issuedAt,
    address registry,
    uint256 chain
) pure returns (Signed memory) {
    bytes32 domain = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256("Consentry"),
            keccak256("1"),
            chain,
            registry
        )
    );
    (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, keccak256(abi.encodePacked(hex"1901", domain, statement)));
    return Signed(issuedAt, abi.encodePacked(VM.addr(key)), abi.encodePacked(r, s, v));
}
