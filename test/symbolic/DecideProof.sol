// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "../../contracts/interfaces/IProviderRegistry.sol";
import {Codes} from "../../contracts/libraries/Codes.sol";
import {Decision} from "../../contracts/types/Decision.sol";
import {ANY_PROVIDER, Profile} from "../../contracts/types/Provider.sol";
import {GENERAL, Scope} from "../../contracts/types/Scope.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {SYMBOLIC, VM} from "./Cheats.sol";
import {Directory} from "./Directory.sol";

/**
 * @notice Proven for every state of the registry and the directory, every request and every time: what a permit needs.
 * @dev A request can meet seven words, too many to look at all their combinations at once. So each word is looked at alone,
 * for exactly when it permits, and then the words that can end another one together. Their order is a matter of tests.
 */
contract DecideProof {
    // The places of `ConsentRegistry`, as bits.
    uint256 private constant OWN_RECORD = 1;
    uint256 private constant ANY_RECORD = 2;
    uint256 private constant OWN_PROGRAMME = 4;
    uint256 private constant OWN_FAMILY = 8;
    uint256 private constant OWN_GENERAL = 16;
    uint256 private constant ANY_FAMILY = 32;
    uint256 private constant ANY_GENERAL = 64;

    /// The scope of the family of treatment.
    Scope private constant TREATMENT = Scope.wrap(bytes32((uint256(2) << 248) | Codes.TREAT));

    ConsentRegistry private _consents;
    IProviderRegistry private _directory;

    function setUp() external {
        _directory = IProviderRegistry(address(new Directory()));
        _consents = new ConsentRegistry(_directory, 4 hours, 20, 1 days);
        SYMBOLIC.enableSymbolicStorage(address(_directory));
        SYMBOLIC.enableSymbolicStorage(address(_consents));
    }

    // One word alone permits if, and only if, it covers the request and is alive.

    function proveAGeneralWordPermitsWhatItCovers(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertComplete(request, time, OWN_GENERAL, request.grantee, GENERAL);
    }

    function proveAGeneralWordPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, OWN_GENERAL);
    }

    function proveAFamilysWordPermitsWhatItCovers(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertComplete(request, time, OWN_FAMILY, request.grantee, TREATMENT);
    }

    function proveAFamilysWordPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, OWN_FAMILY);
    }

    function proveAProgrammesWordPermitsWhatItCovers(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertComplete(request, time, OWN_PROGRAMME, request.grantee, request.programme.toScope());
    }

    function proveAProgrammesWordPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, OWN_PROGRAMME);
    }

    function proveARecordsWordPermitsWhatItCovers(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertComplete(request, time, OWN_RECORD, request.grantee, request.record.toScope());
    }

    function proveARecordsWordPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, OWN_RECORD);
    }

    function proveARecordsWordToAnyPermitsWhatItCovers(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        _assertComplete(request, time, ANY_RECORD, ANY_PROVIDER, request.record.toScope());
    }

    function proveARecordsWordToAnyPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, ANY_RECORD);
    }

    function proveAFamilysWordToAnyPermitsWhatItCovers(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        _assertComplete(request, time, ANY_FAMILY, ANY_PROVIDER, TREATMENT);
    }

    function proveAFamilysWordToAnyPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, ANY_FAMILY);
    }

    function proveAGeneralWordToAnyPermitsWhatItCovers(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        _assertComplete(request, time, ANY_GENERAL, ANY_PROVIDER, GENERAL);
    }

    function proveAGeneralWordToAnyPermitsNothingElse(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertSound(request, time, ANY_GENERAL);
    }

    // A general refusal ends narrower words said before it, and so does the grant that took its place.

    function proveARefusalEndsARecordsWord(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertEnded(request, time, OWN_RECORD, request.record.toScope(), true);
    }

    function proveARefusalEndsAProgrammesWord(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertEnded(request, time, OWN_PROGRAMME, request.programme.toScope(), true);
    }

    function proveARefusalEndsAFamilysWord(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertEnded(request, time, OWN_FAMILY, TREATMENT, true);
    }

    function proveAGrantAfterARefusalEndsAFamilysWord(IConsentRegistry.Request calldata request, uint48 time) external {
        _assertEnded(request, time, OWN_FAMILY, TREATMENT, false);
    }

    function proveAnOwnRefusalBeatsAWordToAny(IConsentRegistry.Request calldata request, uint48 time) external {
        _prepare(request, time, OWN_GENERAL | ANY_GENERAL);
        VM.assume(_isRefusal(_consents.termsOf(request.patient, request.grantee, GENERAL)));
        (Decision decision, , ) = _consents.decide(request);
        assert(decision == Decision.Revoked);
    }

    // Whatever else was said

    function proveNobodyWhomTheDirectoryListsAsInactiveIsPermitted(
        IConsentRegistry.Request calldata request,
        uint48 time
    ) external {
        VM.warp(time);
        VM.assume(_directory.profileOf(request.grantee) == Profile.Inactive);
        (Decision decision, , ) = _consents.decide(request);
        assert(!decision.isPermit() || request.grantee == _consents.controllerOf(request.patient));
    }

    function proveARefusedRecordIsNotPermitted(IConsentRegistry.Request calldata request, uint48 time) external {
        VM.warp(time);
        VM.assume(!request.record.isNone());
        Terms word = _consents.termsOf(request.patient, request.grantee, request.record.toScope());
        VM.assume(_isRefusal(word));
        (Decision decision, , ) = _consents.decide(request);
        assert(!decision.isPermit() || decision == Decision.PermitSelf);
    }

    // The covering rule, written down a second time; each condition by itself, so that the prover need not branch.

    /// @dev A word that covers and is alive permits, if no other was spoken.
    function _assertComplete(
        IConsentRegistry.Request calldata request,
        uint48 time,
        uint256 place,
        address holder,
        Scope scope
    ) private {
        _prepare(request, time, place);
        if (holder == ANY_PROVIDER) VM.assume(_directory.profileOf(request.grantee) == Profile.ActiveCaregiver);
        Terms word = _consents.termsOf(request.patient, holder, scope);
        VM.assume(request.categories & ~word.categories() == 0);
        VM.assume(request.purpose & word.purposes() == request.purpose);
        VM.assume(request.action & word.actions() == request.action);
        VM.assume(word.notBefore() <= time);
        VM.assume(time < word.expiresAt());
        VM.assume(word.issuedAt() > _consents.voidBeforeOf(request.patient));
        (Decision decision, address by, Scope at) = _consents.decide(request);
        assert(decision == (word.isConditional() ? Decision.PermitConditional : Decision.Permit));
        assert(by == holder);
        assert(at.equals(scope));
    }

    /// @dev A narrower word no newer than the general refusal permits nothing; nor one no newer than the start of a general
    /// grant that took a refusal's place and does not cover the purpose itself.
    function _assertEnded(
        IConsentRegistry.Request calldata request,
        uint48 time,
        uint256 place,
        Scope scope,
        bool refused
    ) private {
        _prepare(request, time, place | OWN_GENERAL);
        Terms general = _consents.termsOf(request.patient, request.grantee, GENERAL);
        Terms word = _consents.termsOf(request.patient, request.grantee, scope);
        VM.assume(_isRefusal(general) == refused);
        if (refused) {
            VM.assume(word.issuedAt() <= general.issuedAt());
        } else {
            VM.assume(general.isGrant());
            VM.assume(general.notBefore() != 0);
            VM.assume(word.issuedAt() <= uint256(general.notBefore()) * 1000 + 999);
            VM.assume(request.purpose & general.purposes() == 0);
        }
        (Decision decision, , ) = _consents.decide(request);
        assert(decision != Decision.Permit);
        assert(decision != Decision.PermitConditional);
    }

    /// @dev Whatever permits covers and is alive.
    function _assertSound(IConsentRegistry.Request calldata request, uint48 time, uint256 places) private {
        _prepare(request, time, places);
        (Decision decision, address holder, Scope scope) = _consents.decide(request);
        if (decision != Decision.Permit && decision != Decision.PermitConditional) return;
        Terms word = _consents.termsOf(request.patient, holder, scope);
        assert(word.isConditional() == (decision == Decision.PermitConditional));
        assert(request.categories & ~word.categories() == 0);
        assert(request.purpose & word.purposes() == request.purpose);
        assert(request.action & word.actions() == request.action);
        assert(word.notBefore() <= time);
        assert(time < word.expiresAt());
        assert(word.issuedAt() > _consents.voidBeforeOf(request.patient));
        if (holder != ANY_PROVIDER) assert(holder == request.grantee);
        else _assertMeantByAny(request);
    }

    /// @dev ANY_PROVIDER means active organisations and practitioners, and nobody whom the patient refused.
    function _assertMeantByAny(IConsentRegistry.Request calldata request) private view {
        assert(_directory.profileOf(request.grantee) == Profile.ActiveCaregiver);
        assert(!_isRefusal(_consents.termsOf(request.patient, request.grantee, GENERAL)));
    }

    // What a request is asked in

    function _prepare(IConsentRegistry.Request calldata request, uint48 time, uint256 places) private {
        VM.warp(time);
        _assumeSensible(request);
        _assumeOnly(request, places);
    }

    /// @dev A valid request of somebody else than the patient, whom the directory does not list as inactive. It is for
    /// treatment: that families don't mix is proven in ScopeProof.
    function _assumeSensible(IConsentRegistry.Request calldata request) private view {
        VM.assume(request.patient != address(0));
        VM.assume(request.grantee != address(0));
        VM.assume(request.grantee != ANY_PROVIDER);
        VM.assume(request.categories != 0);
        VM.assume(request.categories & ~Codes.CATEGORIES == 0);
        VM.assume(request.purpose & Codes.TREAT_FAMILY == request.purpose);
        VM.assume(request.purpose != 0);
        VM.assume(request.purpose & (uint256(request.purpose) - 1) == 0);
        VM.assume(request.action & Codes.ACTIONS == request.action);
        VM.assume(request.action != 0);
        VM.assume(request.action & (uint256(request.action) - 1) == 0);
        VM.assume(_directory.profileOf(request.grantee) != Profile.Inactive);
        VM.assume(request.grantee != _consents.controllerOf(request.patient));
    }

    /// @dev Nothing was ever said in the other places that the request can meet. It names a record or a programme only if
    /// one is looked at.
    function _assumeOnly(IConsentRegistry.Request calldata request, uint256 places) private view {
        if (places & (OWN_RECORD | ANY_RECORD) == 0) VM.assume(request.record.isNone());
        else VM.assume(request.record.isWellFormed());
        if (places & OWN_PROGRAMME == 0) VM.assume(request.programme.isNone());
        else VM.assume(request.programme.isWellFormed());
        _assumeSilent(request, request.grantee, request.record.toScope(), places & OWN_RECORD);
        _assumeSilent(request, ANY_PROVIDER, request.record.toScope(), places & ANY_RECORD);
        _assumeSilent(request, request.grantee, request.programme.toScope(), places & OWN_PROGRAMME);
        _assumeSilent(request, request.grantee, TREATMENT, places & OWN_FAMILY);
        _assumeSilent(request, request.grantee, GENERAL, places & OWN_GENERAL);
        _assumeSilent(request, ANY_PROVIDER, TREATMENT, places & ANY_FAMILY);
        _assumeSilent(request, ANY_PROVIDER, GENERAL, places & ANY_GENERAL);
    }

    function _assumeSilent(
        IConsentRegistry.Request calldata request,
        address holder,
        Scope scope,
        uint256 chosen
    ) private view {
        if (chosen == 0) VM.assume(_consents.termsOf(request.patient, holder, scope).isEmpty());
    }

    function _isRefusal(Terms word) private pure returns (bool) {
        return !word.isGrant() && !word.isEmpty();
    }
}
