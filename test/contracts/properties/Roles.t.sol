// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision} from "../../../contracts/types/Decision.sol";
import {Scope} from "../../../contracts/types/Scope.sol";
import {Signed} from "../../../contracts/types/Signed.sol";
import {Ability, Kind as ProviderKind} from "../../../contracts/types/Provider.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind, Letter} from "./Letters.sol";
import {Sentences} from "./Sentences.sol";
import {VM} from "./Vm.sol";
import {
    ACCESS_ACTION,
    EMERGENCY_PURPOSE,
    EMERGENCY_SCOPE,
    FOR_EVER,
    GENERAL_SCOPE,
    keyOf,
    oneGrant,
    oneRevocation,
    packed,
    personOf,
    question,
    signedBy,
    TREAT_PURPOSE
} from "./Words.sol";
import {World} from "./World.sol";

/// @notice Property 5: whatever those who hold a role try, alone or together, the patient's words stand, and so does the
/// power to withdraw them.
contract RolesTest is World {
    uint256 private constant STEPS = 12;
    uint256 private constant STRANGER = 6;

    address private immutable _patient = personOf(0);
    /// @dev The stranger has a key, and so can sign what the others deliver.
    address[7] private _roles = [CONSORTIUM, ACCREDITOR, CLINIC, MEMBER, LAB, RESEARCHER, personOf(STRANGER)];
    bytes32 private _words;
    uint256 private _dice;

    /// @dev The patient is a practitioner, too, whom the accreditor can suspend.
    function setUp() external {
        _list(_patient, ProviderKind.Practitioner, 0);
        _grantTo(LAB);
        _grantTo(CLINIC);
        _words = _state();
        VM.warp(block.timestamp + 1 hours);
    }

    function testFuzz_noRoleWritesAConsentOrHindersAWithdrawal(uint256 seed) external {
        _dice = seed;
        for (uint256 i = 0; i < STEPS; ++i) {
            address by = _roles[_roll(_roles.length)];
            uint256 what = _roll(14);
            if (what < 9) _requireRefused(by, _word(what, by));
            else _try(by, what == 9 ? address(consents) : address(providers), _work(what));
            require(_state() == _words, "a role wrote a patient's word");
        }
        VM.prank(_patient);
        consents.revoke(_patient, oneRevocation(CLINIC, EMERGENCY_SCOPE));
        VM.prank(_patient);
        consents.revoke(_patient, oneRevocation(LAB, GENERAL_SCOPE));
        VM.prank(_patient);
        consents.revokeAll(_patient);
        require(!_isPermitted(LAB, TREAT_PURPOSE) && !_isPermitted(CLINIC, TREAT_PURPOSE), "still permitted");
        require(!_isPermitted(CLINIC, EMERGENCY_PURPOSE), "the glass is still broken");
    }

    function _requireRefused(address by, bytes memory data) private {
        require(!_try(by, address(consents), data), "a role spoke for a patient");
    }

    function _try(address by, address target, bytes memory data) private returns (bool ok) {
        VM.prank(by);
        // solhint-disable-next-line avoid-low-level-calls
        (ok, ) = target.call(data);
    }

    /// @dev What only the patient may say.
    function _word(uint256 what, address by) private view returns (bytes memory) {
        if (what == 0) return abi.encodeCall(consents.grant, (_patient, oneGrant(by, GENERAL_SCOPE, _terms()), 0));
        if (what == 1) return abi.encodeCall(consents.revoke, (_patient, oneRevocation(LAB, GENERAL_SCOPE)));
        if (what == 2) return abi.encodeCall(consents.revokeAll, (_patient));
        if (what == 3) return abi.encodeCall(consents.appointRepresentative, (_patient, by, 0, FOR_EVER));
        if (what == 4) return abi.encodeCall(consents.setExclusions, (_patient, 0));
        if (what == 5) return abi.encodeCall(consents.setGuardians, (_patient, keccak256("guardians"), 1 days));
        if (what == 6) return abi.encodeCall(consents.completeRecovery, (_patient));
        return what == 7 ? _takeOver() : _signedByStranger(by);
    }

    /// @dev What they may do, in their own matters.
    function _work(uint256 what) private returns (bytes memory) {
        address provider = [CLINIC, LAB, _patient][_roll(3)];
        if (what == 9) return abi.encodeCall(consents.breakGlass, (CLINIC, _patient, 1, 0));
        if (what == 10) return abi.encodeCall(providers.suspend, (provider));
        if (what == 11) return abi.encodeCall(providers.reinstate, (provider));
        if (what == 12) return abi.encodeCall(providers.appointAccreditor, (1, _roles[_roll(_roles.length)]));
        return abi.encodeCall(providers.setMember, (provider, personOf(STRANGER), Ability.ALL, LISTED_UNTIL));
    }

    function _takeOver() private view returns (bytes memory) {
        (address to, uint48 deadline) = (personOf(STRANGER), uint48(block.timestamp));
        uint48 issuedAt = uint48(block.timestamp * 1000);
        bytes32 statement = Sentences.acceptControl(_patient, to, issuedAt, deadline);
        Signed memory acceptance = signedBy(keyOf(STRANGER), statement, issuedAt, address(consents), block.chainid);
        return abi.encodeCall(consents.transferControl, (_patient, to, deadline, acceptance));
    }

    function _signedByStranger(address by) private view returns (bytes memory) {
        Letter memory letter;
        (letter.kind, letter.patient, letter.other) = (Kind.Grant, _patient, by);
        (letter.scope, letter.terms) = (GENERAL_SCOPE, _terms());
        (letter.issuedAt, letter.deadline) = (uint48(block.timestamp * 1000), uint48(block.timestamp));
        bytes32 statement = letter.statement();
        return letter.call(signedBy(keyOf(STRANGER), statement, letter.issuedAt, address(consents), block.chainid));
    }

    function _grantTo(address grantee) private {
        VM.prank(_patient);
        consents.grant(_patient, oneGrant(grantee, GENERAL_SCOPE, _terms()), 0);
    }

    /// @dev Everything that the patient said; break-glass may write its own scope.
    function _state() private view returns (bytes32) {
        bytes32 words = 0;
        for (uint256 i = 0; i < _roles.length; ++i) {
            uint256 word = Terms.unwrap(consents.termsOf(_patient, _roles[i], Scope.wrap(GENERAL_SCOPE)));
            bool speaks = consents.speaksFor(_patient, _roles[i]);
            words = keccak256(abi.encode(words, word, speaks));
        }
        (uint64 excluded, ) = consents.exclusionsOf(_patient);
        uint48 voidBefore = consents.voidBeforeOf(_patient);
        bytes32 guardians = keccak256(abi.encode(consents.guardiansOf(_patient)));
        return keccak256(abi.encode(words, consents.controllerOf(_patient), voidBefore, excluded, guardians));
    }

    function _isPermitted(address grantee, uint32 purpose) private view returns (bool) {
        (Decision decision, , ) = consents.decide(question(_patient, grantee, purpose, 1, ACCESS_ACTION));
        return decision == Decision.Permit || decision == Decision.PermitEmergency;
    }

    function _terms() private pure returns (uint256) {
        return packed(7, TREAT_PURPOSE, ACCESS_ACTION, 0, FOR_EVER);
    }

    function _roll(uint256 sides) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }
}
