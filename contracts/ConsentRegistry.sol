// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {Codes} from "./libraries/Codes.sol";
import {PatientControl} from "./PatientControl.sol";
import {Decision, Outcome} from "./types/Decision.sol";
import {ANY_PROVIDER, Listing} from "./types/Provider.sol";
import {EMERGENCY, GENERAL, NO_SCOPE, Scope, ScopeLib} from "./types/Scope.sol";
import {Terms, TermsLib} from "./types/Terms.sol";

contract ConsentRegistry is IConsentRegistry, PatientControl {
    /// @dev What one decision knows while it reads word after word. A finding is `decision << 8 | place`, so that the greater
    /// of two reasons is the higher one, of equals the last read.
    struct Hearing {
        /// What decides, or the reason for a refusal if no further word decides.
        uint256 finding;
        /// The first conditional cover of the step, or zero.
        uint256 conditional;
        uint256 voidBefore;
        /// The stamp at or before which a grant to the grantee itself is dead.
        uint256 deadline;
        /// ANY_PROVIDER's grants mean this grantee.
        bool included;
    }

    // The places where a word can stand that a decision reads, in the order of reading.
    uint256 private constant OWN_RECORD = 1;
    uint256 private constant ANY_RECORD = 2;
    uint256 private constant OWN_PROGRAMME = 3;
    uint256 private constant OWN_FAMILY = 4;
    uint256 private constant OWN_GENERAL = 5;
    uint256 private constant ANY_FAMILY = 6;
    uint256 private constant ANY_GENERAL = 7;

    /// @inheritdoc IConsentRegistry
    IProviderRegistry public immutable providers;

    mapping(address patient => mapping(address grantee => mapping(Scope => Terms))) private _words;

    constructor(IProviderRegistry providers_) {
        providers = providers_;
    }

    // The patient's word

    /// @inheritdoc IConsentRegistry
    function grant(address patient, Grant[] calldata grants, bytes32 evidence) external {
        uint256 voidBefore = _requireSpeaker(patient);
        for (uint256 i = 0; i < grants.length; ++i) {
            (address grantee, Scope scope, Terms terms) = (grants[i].grantee, grants[i].scope, grants[i].terms);
            _validate(patient, grantee, scope, terms, evidence);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            uint256 stamp = _stampOfGrant(words, scope, stored, voidBefore);
            _write(words, stored, terms.stampedAt(stamp), patient, grantee, scope, evidence);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revoke(address patient, Revocation[] calldata revocations) external {
        uint256 voidBefore = _requireSpeaker(patient);
        for (uint256 i = 0; i < revocations.length; ++i) {
            (address grantee, Scope scope) = (revocations[i].grantee, revocations[i].scope);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            Terms refusal = TermsLib.tombstone(_stamp(scope, stored, voidBefore));
            _write(words, stored, refusal, patient, grantee, scope, 0);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revokeAll(address patient) external {
        uint256 voidBefore = _requireSpeaker(patient);
        uint256 present = _present();
        uint256 stamp = Math.min(Math.max(present, voidBefore + 1), present + MAX_LEAD);
        if (stamp == voidBefore) return;
        _control[patient].voidBefore = uint48(stamp);
        emit AllRevoked(patient, uint48(stamp), msg.sender);
    }

    // Decisions

    /// @inheritdoc IConsentRegistry
    function decide(Request calldata request) external view returns (Decision, address, Scope) {
        return _spell(request, _decide(request));
    }

    /// @inheritdoc IConsentRegistry
    function decideMany(Request[] calldata requests) external view returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](requests.length);
        for (uint256 i = 0; i < requests.length; ++i) {
            (Decision decision, address holder, Scope scope) = _spell(requests[i], _decide(requests[i]));
            outcomes[i] = Outcome(decision, holder, scope);
        }
    }

    /// @inheritdoc IConsentRegistry
    function check(Request calldata request) external view returns (bool) {
        return Decision(_decide(request) >> 8).isPermit();
    }

    // Views

    /// @inheritdoc IConsentRegistry
    function termsOf(address patient, address grantee, Scope scope) external view returns (Terms) {
        return _words[patient][grantee][scope];
    }

    // Writing

    /// @dev The only place where a word is stored. What changes nothing emits nothing.
    function _write(
        mapping(Scope => Terms) storage words,
        Terms stored,
        Terms word,
        address patient,
        address grantee,
        Scope scope,
        bytes32 evidence
    ) private {
        if (word.equals(stored)) return;
        words[scope] = word;
        if (word.isTombstone()) emit ConsentRevoked(patient, grantee, scope, word.issuedAt(), msg.sender);
        else emit ConsentGranted(patient, grantee, scope, word, evidence, msg.sender);
    }

    function _stampOfGrant(
        mapping(Scope => Terms) storage words,
        Scope scope,
        Terms stored,
        uint256 voidBefore
    ) private view returns (uint256 stamp) {
        stamp = _stamp(scope, stored, voidBefore);
        if (!scope.equals(GENERAL)) {
            Terms general = words[GENERAL];
            if (general.isTombstone()) stamp = Math.max(stamp, uint256(general.issuedAt()) + 1);
        }
        uint256 latest = _present() + MAX_LEAD;
        require(stamp <= latest, TooSoon(stamp, latest));
    }

    /// @dev A GENERAL word is stamped after the one it replaces, because narrower grants of this block may be stamped just
    /// after that one; none can be stamped after the cap.
    function _stamp(Scope scope, Terms stored, uint256 voidBefore) private view returns (uint256 stamp) {
        uint256 present = _present();
        uint256 previous = stored.issuedAt();
        stamp = voidBefore < present ? present : voidBefore + 1;
        if (previous < stamp) return stamp;
        return scope.equals(GENERAL) && previous < present + MAX_LEAD ? previous + 1 : previous;
    }

    function _validate(address patient, address grantee, Scope scope, Terms terms, bytes32 evidence) private view {
        require(grantee != address(0) && grantee != patient, InvalidGrantee(patient, grantee));
        if (!terms.isGrantable()) _refuse(terms);
        (uint48 notBefore, uint48 expiresAt) = (terms.notBefore(), terms.expiresAt());
        require(notBefore < expiresAt, InvalidPeriod(notBefore, expiresAt));
        require(block.timestamp < expiresAt, AlreadyExpired(expiresAt, uint48(block.timestamp)));
        require(!terms.isConditional() || evidence != 0, ConditionalWithoutDocument(grantee, scope));
        if (!scope.equals(GENERAL)) _validateNarrower(grantee, scope, terms.purposes());
    }

    function _validateNarrower(address grantee, Scope scope, uint32 purposes) private pure {
        require(!scope.equals(EMERGENCY), EmergencyNotGrantable(grantee));
        bytes1 kind = scope.kind();
        if (kind == ScopeLib.PURPOSE_KIND) {
            uint32 members = scope.familyMembers();
            require(members != 0, InvalidScope(grantee, scope));
            require(purposes & ~members == 0, PurposesOutsideFamily(scope, purposes));
        } else if (kind == ScopeLib.PROGRAMME_KIND) {
            require(grantee != ANY_PROVIDER && scope.asProgramme().isWellFormed(), InvalidScope(grantee, scope));
        } else {
            require(scope.asRecord().isWellFormed(), InvalidScope(grantee, scope));
        }
    }

    /// @dev Says which bits of the terms can't be granted.
    function _refuse(Terms terms) private pure {
        require(_isMask(terms.categories(), Codes.CATEGORIES), InvalidCategories(terms.categories()));
        require(_isMask(terms.purposes(), Codes.PURPOSES), InvalidPurposes(terms.purposes()));
        require(terms.purposes() & Codes.BTG == 0, BreakGlassNotGrantable(terms.purposes()));
        require(_isMask(terms.actions(), Codes.ACTIONS), InvalidActions(terms.actions()));
        require(terms.issuedAt() == 0, UnexpectedStamp(terms.issuedAt()));
        revert InvalidFlags(terms.flags());
    }

    // Deciding: narrower beats wider, own beats anybody's, the last word beats the one before.

    /// @dev Returns the finding.
    function _decide(Request calldata request) private view returns (uint256) {
        if (!_isValid(request)) return uint256(Decision.InvalidRequest) << 8;
        (address patient, address grantee) = (request.patient, request.grantee);
        (address controller, uint256 voidBefore) = _controlOf(patient);
        if (controller == grantee) return uint256(Decision.PermitSelf) << 8;
        Listing listing = providers.listingOf(grantee);
        if (listing == Listing.Inactive) return uint256(Decision.GranteeNotActive) << 8;
        return _hearAll(request, _words[patient], grantee, voidBefore, listing == Listing.ActiveCaregiver);
    }

    /// @dev Steps 2 to 4. Returns the finding.
    function _hearAll(
        Request calldata request,
        mapping(address => mapping(Scope => Terms)) storage words,
        address grantee,
        uint256 voidBefore,
        bool caregiver
    ) private view returns (uint256) {
        mapping(Scope => Terms) storage own = words[grantee];
        Terms general = own[GENERAL];
        Hearing memory hearing = Hearing({
            finding: 0,
            conditional: 0,
            voidBefore: voidBefore,
            deadline: _deadline(general, voidBefore),
            included: caregiver && !general.isTombstone()
        });
        if (!request.record.isNone() && _hearRecord(hearing, request, own, words[ANY_PROVIDER])) return hearing.finding;
        // No grant can carry break-glass, and no general refusal forbids it.
        if (request.purpose == Codes.BTG) return hearing.finding;
        Scope family = ScopeLib.ofFamily(Codes.familyOf(request.purpose));
        if (_hearOwn(hearing, request, own, general, family)) return hearing.finding;
        _hearAny(hearing, request, words[ANY_PROVIDER], family);
        return hearing.finding;
    }

    /// @dev Step 2: what was said about this very record.
    function _hearRecord(
        Hearing memory hearing,
        Request calldata request,
        mapping(Scope => Terms) storage own,
        mapping(Scope => Terms) storage any
    ) private view returns (bool) {
        Scope scope = request.record.toScope();
        if (_hear(hearing, request, own[scope], OWN_RECORD, hearing.deadline)) return true;
        Terms word = any[scope];
        if (!word.isEmpty()) {
            if (_hear(hearing, request, word, ANY_RECORD, _deadline(any[GENERAL], hearing.voidBefore))) return true;
        }
        return _endStep(hearing);
    }

    /// @dev Step 3: what was said to the grantee itself.
    function _hearOwn(
        Hearing memory hearing,
        Request calldata request,
        mapping(Scope => Terms) storage own,
        Terms general,
        Scope family
    ) private view returns (bool) {
        uint256 deadline = hearing.deadline;
        if (!request.programme.isNone()) {
            if (_hear(hearing, request, own[request.programme.toScope()], OWN_PROGRAMME, deadline)) return true;
        }
        if (_hear(hearing, request, own[family], OWN_FAMILY, deadline)) return true;
        if (_hear(hearing, request, general, OWN_GENERAL, deadline)) return true;
        return _endStep(hearing);
    }

    /// @dev Step 4: what was said to everybody whom the directory lists as active.
    function _hearAny(
        Hearing memory hearing,
        Request calldata request,
        mapping(Scope => Terms) storage any,
        Scope family
    ) private view {
        Terms general = any[GENERAL];
        uint256 deadline = _deadline(general, hearing.voidBefore);
        if (_hear(hearing, request, any[family], ANY_FAMILY, deadline)) return;
        if (_hear(hearing, request, general, ANY_GENERAL, deadline)) return;
        _endStep(hearing);
    }

    /// @dev Takes one word into account. True if it decides.
    function _hear(
        Hearing memory hearing,
        Request calldata request,
        Terms word,
        uint256 place,
        uint256 deadline
    ) private view returns (bool) {
        if (word.isEmpty()) return false;
        if (word.isTombstone()) {
            if (!_endStep(hearing)) hearing.finding = _refusal(place);
            return true;
        }
        if (_isAny(place) && !hearing.included) return false;
        uint256 decision = _read(word, request, deadline);
        uint256 finding = (decision << 8) | place;
        if (decision == uint256(Decision.PermitConditional)) {
            if (hearing.conditional == 0) hearing.conditional = finding;
            return false;
        }
        if (decision == uint256(Decision.Permit)) {
            hearing.finding = finding;
            return true;
        }
        if (finding > hearing.finding) hearing.finding = finding;
        return false;
    }

    /// @dev A conditional cover that was found stands where no unconditional one was.
    function _endStep(Hearing memory hearing) private pure returns (bool) {
        if (hearing.conditional == 0) return false;
        hearing.finding = hearing.conditional;
        return true;
    }

    /// @dev The stamp at or before which grants to the holder of this GENERAL word are dead.
    function _deadline(Terms general, uint256 voidBefore) private pure returns (uint256) {
        return general.isTombstone() && general.issuedAt() > voidBefore ? general.issuedAt() : voidBefore;
    }

    /// @dev What a grant, standing alone, says to the request.
    function _read(Terms word, Request calldata request, uint256 deadline) private view returns (uint256) {
        if (word.issuedAt() <= deadline) return uint256(Decision.Revoked);
        if (block.timestamp < word.notBefore()) return uint256(Decision.NotYetValid);
        if (block.timestamp >= word.expiresAt()) return uint256(Decision.Expired);
        if (request.categories & ~word.categories() != 0) return uint256(Decision.CategoryNotCovered);
        if (request.purpose & word.purposes() == 0) return uint256(Decision.PurposeNotCovered);
        if (request.action & word.actions() == 0) return uint256(Decision.ActionNotCovered);
        return word.isConditional() ? uint256(Decision.PermitConditional) : uint256(Decision.Permit);
    }

    function _refusal(uint256 place) private pure returns (uint256) {
        return (uint256(place <= ANY_RECORD ? Decision.Withheld : Decision.Revoked) << 8) | place;
    }

    function _isAny(uint256 place) private pure returns (bool) {
        return place == ANY_RECORD || place >= ANY_FAMILY;
    }

    /// @dev The outcome that a finding stands for.
    function _spell(
        Request calldata request,
        uint256 finding
    ) private pure returns (Decision decision, address holder, Scope scope) {
        decision = Decision(finding >> 8);
        uint256 place = uint8(finding);
        if (place == 0) return (decision, address(0), NO_SCOPE);
        holder = _isAny(place) ? ANY_PROVIDER : request.grantee;
        if (place <= ANY_RECORD) scope = request.record.toScope();
        else if (place == OWN_PROGRAMME) scope = request.programme.toScope();
        else if (place == OWN_FAMILY || place == ANY_FAMILY) scope = ScopeLib.ofFamily(Codes.familyOf(request.purpose));
        else scope = GENERAL;
    }

    function _isValid(Request calldata request) private pure returns (bool) {
        if (request.patient == address(0)) return false;
        if (request.grantee == address(0)) return false;
        if (request.grantee == ANY_PROVIDER) return false;
        if (!request.record.isNone() && !request.record.isWellFormed()) return false;
        if (!request.programme.isNone() && !request.programme.isWellFormed()) return false;
        if (!_isMask(request.categories, Codes.CATEGORIES)) return false;
        return _isBit(request.purpose, Codes.PURPOSES) && _isBit(request.action, Codes.ACTIONS);
    }

    /// @dev At least one bit, and none that is not defined.
    function _isMask(uint256 bits, uint256 defined) private pure returns (bool) {
        return bits != 0 && bits & ~defined == 0;
    }

    /// @dev Exactly one bit, and a defined one.
    function _isBit(uint256 bits, uint256 defined) private pure returns (bool) {
        unchecked {
            return bits & defined != 0 && bits & (bits - 1) == 0;
        }
    }
}
