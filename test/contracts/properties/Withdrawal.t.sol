// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Decision} from "../../../contracts/types/Decision.sol";
import {Scope} from "../../../contracts/types/Scope.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind, Letter} from "./Letters.sol";
import {VM} from "./Vm.sol";
import {
    EMERGENCY_SCOPE,
    FOR_EVER,
    GENERAL_SCOPE,
    isRefusal,
    keyOf,
    oneGrant,
    oneRevocation,
    packed,
    personOf,
    question,
    RESEARCH_PURPOSE,
    signedBy,
    STUDY,
    TREAT_PURPOSE,
    TREAT_SCOPE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Property 2: what is withdrawn permits nothing in the same block, and withdrawal never fails.
contract WithdrawalTest is World {
    uint256 private constant PATIENT = 0;
    uint256 private constant REPRESENTATIVE = 5;

    enum End {
        Revoke,
        RevokeGeneral,
        RevokeAll,
        Expiry,
        Suspension,
        Accreditation
    }

    function testFuzz_nothingIsPermittedOnceItIsOver(
        uint64 categories,
        uint32 life,
        uint8 way,
        bool isGeneral
    ) external {
        categories = (categories & 0xefffffffbfffffff) | 1;
        End end = End(way % (uint8(type(End).max) + 1));
        uint48 until = uint48(block.timestamp + 1 + (life % 3000 days));
        if (end != End.Expiry) until = FOR_EVER;
        bytes32 scope = isGeneral ? GENERAL_SCOPE : TREAT_SCOPE;
        uint256 terms = packed(categories, TREAT_PURPOSE, 0x1f, 0, until);
        VM.prank(personOf(PATIENT));
        consents.grant(personOf(PATIENT), oneGrant(CLINIC, scope, terms), 0);
        if (end == End.Expiry) VM.warp(until - 1);
        require(_decide(categories) == Decision.Permit, "not permitted before");
        _finish(end, scope, until);
        Decision decision = _decide(categories);
        bool isInactive = end == End.Suspension || end == End.Accreditation;
        Decision expected = isInactive ? Decision.GranteeNotActive : Decision.Revoked;
        require(decision == (end == End.Expiry ? Decision.Expired : expected), "another answer");
    }

    /// @dev Even of what does not exist, of scopes that have no meaning, and as often as one likes in one block.
    function testFuzz_withdrawalNeverFails(
        address grantee,
        bytes32 scope,
        uint16 ahead,
        bool isRepresentative
    ) external {
        address patient = personOf(PATIENT);
        uint256 speaker = isRepresentative ? REPRESENTATIVE : PATIENT;
        VM.prank(patient);
        consents.appointRepresentative(patient, personOf(REPRESENTATIVE), 0, FOR_EVER);
        VM.warp(block.timestamp + 1);
        // `voidBefore` runs ahead of the present, as far as it can.
        for (uint256 i = 0; i < uint256(ahead) % 64; ++i) {
            VM.prank(personOf(speaker));
            consents.revokeAll(patient);
        }
        VM.prank(personOf(speaker));
        consents.revoke(patient, oneRevocation(grantee, scope));
        require(isRefusal(_wordOf(grantee, scope)), "no refusal stands");
        _deliver(Kind.Revocation, speaker, grantee, scope);
        _deliver(Kind.RevokeAll, speaker, grantee, scope);
        require(isRefusal(_wordOf(grantee, scope)), "no refusal stands any more");
    }

    /// @dev `revokeAll` can't be outrun by more of them than a block's milliseconds.
    function test_withdrawalNeverFailsThoughTheBlockIsFull() external {
        address patient = personOf(PATIENT);
        for (uint256 i = 0; i < 1002; ++i) {
            VM.prank(patient);
            consents.revokeAll(patient);
        }
        VM.prank(patient);
        consents.revoke(patient, oneRevocation(CLINIC, STUDY));
        require(consents.voidBeforeOf(patient) == block.timestamp * 1000 + 1999, "beyond the lead");
        require(isRefusal(_wordOf(CLINIC, STUDY)), "no refusal stands");
        uint256 terms = packed(1, RESEARCH_PURPOSE, 1, 0, FOR_EVER);
        VM.prank(patient);
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, ) = address(consents).call(
            abi.encodeCall(consents.grant, (patient, oneGrant(CLINIC, STUDY, terms), 0))
        );
        require(!ok, "a consent outran the withdrawal");
    }

    function testFuzz_anEmergencyThatThePatientEndedStaysClosed(uint32 opened, uint32 waited, bool isAll) external {
        address patient = personOf(PATIENT);
        VM.prank(CLINIC);
        consents.breakGlass(CLINIC, patient, 1, 0);
        uint256 ended = block.timestamp + (opened % WINDOW);
        VM.warp(ended);
        VM.prank(patient);
        if (isAll) consents.revokeAll(patient);
        else consents.revoke(patient, oneRevocation(CLINIC, EMERGENCY_SCOPE));
        VM.warp(ended + (waited % (2 * WINDOW)));
        VM.prank(CLINIC);
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, ) = address(consents).call(abi.encodeCall(consents.breakGlass, (CLINIC, patient, 1, 0)));
        require(ok == (block.timestamp > ended + WINDOW), "opened anew too early, or never");
    }

    function _finish(End end, bytes32 scope, uint48 until) private {
        address patient = personOf(PATIENT);
        if (end == End.Revoke || end == End.RevokeGeneral) {
            VM.prank(patient);
            consents.revoke(patient, oneRevocation(CLINIC, end == End.Revoke ? scope : GENERAL_SCOPE));
        } else if (end == End.RevokeAll) {
            VM.prank(patient);
            consents.revokeAll(patient);
        } else if (end == End.Suspension) {
            VM.prank(ACCREDITOR);
            providers.suspend(CLINIC);
        } else {
            VM.warp(end == End.Expiry ? until : LISTED_UNTIL);
        }
    }

    function _deliver(Kind kind, uint256 speaker, address grantee, bytes32 scope) private {
        uint48 issuedAt = uint48(block.timestamp * 1000 + 998);
        Letter memory letter;
        (letter.kind, letter.patient, letter.issuedAt) = (kind, personOf(PATIENT), issuedAt);
        (letter.other, letter.scope) = (grantee, scope);
        bytes32 statement = letter.statement();
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, ) = address(consents).call(
            letter.call(signedBy(keyOf(speaker), statement, issuedAt, address(consents), block.chainid))
        );
        require(ok, "a signed withdrawal failed");
    }

    function _decide(uint64 categories) private view returns (Decision decision) {
        IConsentRegistry.Request memory request = question(personOf(PATIENT), CLINIC, TREAT_PURPOSE, categories, 2);
        (decision, , ) = consents.decide(request);
    }

    function _wordOf(address grantee, bytes32 scope) private view returns (uint256) {
        return Terms.unwrap(consents.termsOf(personOf(PATIENT), grantee, Scope.wrap(scope)));
    }
}
