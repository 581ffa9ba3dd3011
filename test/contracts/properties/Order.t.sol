// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Scope} from "../../../contracts/types/Scope.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind, Letter} from "./Letters.sol";
import {VM} from "./Vm.sol";
import {
    ACCESS_ACTION,
    ANY,
    EMERGENCY_SCOPE,
    FOR_EVER,
    GENERAL_SCOPE,
    keyOf,
    packed,
    personOf,
    RECORD,
    signedBy,
    TREAT_PURPOSE,
    TREAT_SCOPE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Property 4: the last word wins, whatever happened to the letters on their way.
contract OrderTest is World {
    uint256 private constant LETTERS = 14;
    uint256 private constant PATIENT = 0;

    IConsentRegistry private _other;
    /// @dev Kept where the compiler doesn't ask the chain again.
    uint256 private _chain;
    address[2] private _grantees = [CLINIC, ANY];
    bytes32[4] private _scopes = [GENERAL_SCOPE, TREAT_SCOPE, RECORD, EMERGENCY_SCOPE];

    function setUp() external {
        _other = _deployConsents();
        _chain = block.chainid;
    }

    function testFuzz_anyOrderOfDeliveryGivesTheSameState(uint256 seed) external {
        Letter[] memory letters = _write(seed);
        for (uint256 i = 0; i < LETTERS; ++i) {
            _deliver(letters[i], consents);
        }
        _shuffle(letters, seed);
        for (uint256 i = 0; i < LETTERS; ++i) {
            _deliver(letters[i], _other);
            // Now and then one that was delivered before.
            if (_random(seed, i) % 3 == 0) _deliver(letters[_random(seed, i) % (i + 1)], _other);
        }
        _requireSame(true);
    }

    /// @dev Of a general word the refusals before it count, too: what they ended stays ended.
    function testFuzz_olderWordsMayBeLeftOut(uint256 seed) external {
        Letter[] memory letters = _write(seed);
        for (uint256 i = 0; i < LETTERS; ++i) {
            _deliver(letters[i], consents);
        }
        for (uint256 i = 0; i < LETTERS; ++i) {
            if (_isLast(letters, i)) _deliver(letters[i], _other);
        }
        _requireSame(false);
    }

    function testFuzz_aSignatureWorksOnceForOneContractOnOneChain(uint256 seed, uint64 otherChain) external {
        VM.assume(otherChain != 0 && otherChain != block.chainid);
        Letter memory letter = _write(seed)[seed % LETTERS];
        bytes memory call = _call(letter, consents);
        require(!_send(call, _other), "taken by another contract");
        VM.chainId(otherChain);
        require(!_send(call, consents), "taken on another chain");
        VM.chainId(_chain);
        VM.recordLogs();
        require(_send(call, consents) && VM.getRecordedLogs().length == 1, "not taken where it belongs");
        VM.warp(block.timestamp + 1 hours);
        require(_send(call, consents) && VM.getRecordedLogs().length == 0, "taken twice");
    }

    /// @dev Of a few milliseconds, so that some are said at the same time.
    function _write(uint256 seed) private view returns (Letter[] memory letters) {
        letters = new Letter[](LETTERS);
        for (uint256 i = 0; i < LETTERS; ++i) {
            uint256 random = _random(seed, i + 1000);
            Letter memory letter = letters[i];
            (letter.patient, letter.signer) = (personOf(PATIENT), personOf(PATIENT));
            letter.issuedAt = uint48(block.timestamp * 1000 - 1 - (random % 10) * 400);
            letter.deadline = uint48(block.timestamp + 1 days);
            letter.kind = [Kind.Grant, Kind.Grant, Kind.Revocation, Kind.Revocation, Kind.RevokeAll][(random >> 8) % 5];
            letter.other = _grantees[(random >> 16) % 2];
            letter.scope = _scopes[(random >> 24) % (letter.kind == Kind.Grant ? 3 : 4)];
            uint64 categories = uint64(1 + ((random >> 32) % 3));
            if (letter.kind == Kind.Grant) letter.terms = packed(categories, TREAT_PURPOSE, ACCESS_ACTION, 0, FOR_EVER);
        }
    }

    /// @dev Whether no other letter about the same place comes after this one.
    function _isLast(Letter[] memory letters, uint256 i) private pure returns (bool) {
        for (uint256 j = 0; j < LETTERS; ++j) {
            if (j != i && _isSamePlace(letters[i], letters[j]) && _comesAfter(letters[j], letters[i])) return false;
        }
        return true;
    }

    /// @dev Of two said at the same time a refusal counts, or else what is less as a number.
    function _comesAfter(Letter memory letter, Letter memory other) private pure returns (bool) {
        if (letter.issuedAt != other.issuedAt) return letter.issuedAt > other.issuedAt;
        return letter.terms < other.terms;
    }

    function _isSamePlace(Letter memory letter, Letter memory other) private pure returns (bool) {
        bool isAll = letter.kind == Kind.RevokeAll;
        if (isAll || other.kind == Kind.RevokeAll) return letter.kind == other.kind;
        return letter.other == other.other && letter.scope == other.scope;
    }

    function _requireSame(bool withStarts) private view {
        address patient = personOf(PATIENT);
        for (uint256 i = 0; i < 8; ++i) {
            (address grantee, Scope scope) = (_grantees[i % 2], Scope.wrap(_scopes[i / 2]));
            uint256 word = Terms.unwrap(consents.termsOf(patient, grantee, scope));
            uint256 otherWord = Terms.unwrap(_other.termsOf(patient, grantee, scope));
            uint256 ignored = withStarts ? 0 : uint256(type(uint48).max) << 104;
            require(word | ignored == otherWord | ignored, "another word stands");
        }
        require(consents.voidBeforeOf(patient) == _other.voidBeforeOf(patient), "revoked at another time");
    }

    function _shuffle(Letter[] memory letters, uint256 seed) private pure {
        for (uint256 i = letters.length - 1; i > 0; --i) {
            uint256 j = _random(seed, i + 2000) % (i + 1);
            (letters[i], letters[j]) = (letters[j], letters[i]);
        }
    }

    function _deliver(Letter memory letter, IConsentRegistry registry) private {
        require(_send(_call(letter, registry), registry), "not delivered");
    }

    function _call(Letter memory letter, IConsentRegistry registry) private view returns (bytes memory) {
        bytes32 statement = letter.statement();
        return letter.call(signedBy(keyOf(PATIENT), statement, letter.issuedAt, address(registry), block.chainid));
    }

    function _send(bytes memory call, IConsentRegistry registry) private returns (bool ok) {
        // solhint-disable-next-line avoid-low-level-calls
        (ok, ) = address(registry).call(call);
    }

    function _random(uint256 seed, uint256 i) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, i)));
    }
}
