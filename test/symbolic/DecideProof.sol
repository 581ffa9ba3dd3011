// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "../../contracts/interfaces/IProviderRegistry.sol";
import {Codes} from "../../contracts/libraries/Codes.sol";
import {Decision} from "../../contracts/types/Decision.sol";
import {ANY_PROVIDER, Profile} from "../../contracts/types/Provider.sol";
import {GENERAL, Scope, ScopeLib} from "../../contracts/types/Scope.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {SYMBOLIC, VM} from "./Cheats.sol";
import {Directory} from "./Directory.sol";

/// @notice Proven for every state of the registry and the directory, every request and every time: what a permit needs.
contract DecideProof {
    ConsentRegistry private _consents;
    IProviderRegistry private _directory;

    function setUp() external {
        _directory = IProviderRegistry(address(new Directory()));
        _consents = new ConsentRegistry(_directory);
        SYMBOLIC.enableSymbolicStorage(address(_directory));
        SYMBOLIC.enableSymbolicStorage(address(_consents));
    }

    function proveAPermitRestsOnALiveWordThatCovers(IConsentRegistry.Request calldata request, uint48 time) external {
        VM.warp(time);
        (Decision decision, address holder, Scope scope) = _consents.decide(request);
        VM.assume(decision == Decision.Permit || decision == Decision.PermitConditional);
        Terms word = _consents.termsOf(request.patient, holder, scope);
        assert(_covers(word, request, time));
        assert(_isAlive(word, request.patient, holder, scope));
        assert(word.isConditional() == (decision == Decision.PermitConditional));
    }

    function proveAPermitNamesAWordThatConcernsTheRequest(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        VM.warp(time);
        (Decision decision, address holder, Scope scope) = _consents.decide(request);
        VM.assume(decision == Decision.Permit || decision == Decision.PermitConditional);
        assert(holder == request.grantee || (holder == ANY_PROVIDER && _isListed(request, scope)));
        assert(
            scope.equals(GENERAL) ||
                scope.equals(ScopeLib.ofFamily(Codes.familyOf(request.purpose))) ||
                scope.equals(request.record.toScope()) ||
                (scope.equals(request.programme.toScope()) && holder == request.grantee)
        );
    }

    function proveAGeneralWordThatCoversPermitsWhereNothingNarrowerSpeaks(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        VM.warp(time);
        VM.assume(request.record.isNone() && request.programme.isNone());
        VM.assume(request.patient != address(0) && _isOneBit(request.purpose, Codes.PURPOSES));
        VM.assume(request.categories != 0 && _isOneBit(request.action, Codes.ACTIONS));
        VM.assume(request.categories & ~Codes.CATEGORIES == 0 && request.purpose != Codes.BTG);
        VM.assume(request.grantee != ANY_PROVIDER && request.grantee != address(0));
        VM.assume(request.grantee != _consents.controllerOf(request.patient));
        VM.assume(_directory.profileOf(request.grantee) != Profile.Inactive);
        Scope family = ScopeLib.ofFamily(Codes.familyOf(request.purpose));
        VM.assume(_consents.termsOf(request.patient, request.grantee, family).isEmpty());
        Terms word = _consents.termsOf(request.patient, request.grantee, GENERAL);
        VM.assume(_covers(word, request, time) && _isAlive(word, request.patient, request.grantee, GENERAL));
        (Decision decision, , ) = _consents.decide(request);
        assert(decision == (word.isConditional() ? Decision.PermitConditional : Decision.Permit));
    }

    function proveNobodyWhomTheDirectoryListsAsInactiveIsPermitted(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        VM.warp(time);
        VM.assume(_directory.profileOf(request.grantee) == Profile.Inactive);
        (Decision decision, , ) = _consents.decide(request);
        assert(!decision.isPermit() || request.grantee == _consents.controllerOf(request.patient));
    }

    function proveDecidingNeverReverts(IConsentRegistry.Request calldata request, uint48 time) external {
        VM.warp(time);
        try _consents.decide(request) returns (Decision, address, Scope) {} catch {
            assert(false);
        }
    }

    function proveARefusedRecordIsNotPermitted(IConsentRegistry.Request calldata request, uint48 time) external {
        VM.warp(time);
        VM.assume(!request.record.isNone());
        Terms word = _consents.termsOf(request.patient, request.grantee, request.record.toScope());
        VM.assume(word.isTombstone());
        (Decision decision, , ) = _consents.decide(request);
        assert(!decision.isPermit() || decision == Decision.PermitSelf);
    }

    // The covering rule, written down a second time.

    function _covers(Terms word, IConsentRegistry.Request calldata request, uint48 time) private pure returns (bool) {
        return
            request.categories & ~word.categories() == 0 &&
            request.purpose & word.purposes() == request.purpose &&
            request.action & word.actions() == request.action &&
            word.notBefore() <= time &&
            time < word.expiresAt();
    }

    /// @dev Said after everything that ends it: `revokeAll`, and a general word that ends narrower ones.
    function _isAlive(Terms word, address patient, address holder, Scope scope) private view returns (bool) {
        if (!word.isGrant() || word.issuedAt() <= _consents.voidBeforeOf(patient)) return false;
        if (scope.equals(GENERAL)) return true;
        return word.issuedAt() > _consents.termsOf(patient, holder, GENERAL).endsUntil();
    }

    /// @dev ANY_PROVIDER means active organisations and practitioners, and nobody whom the patient refused.
    function _isListed(IConsentRegistry.Request calldata request, Scope) private view returns (bool) {
        return
            _directory.profileOf(request.grantee) == Profile.ActiveCaregiver &&
            !_consents.termsOf(request.patient, request.grantee, GENERAL).isTombstone();
    }

    function _isOneBit(uint256 bits, uint256 defined) private pure returns (bool) {
        return bits != 0 && bits & (bits - 1) == 0 && bits & ~defined == 0;
    }
}
