// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {Codes} from "./libraries/Codes.sol";
import {PatientControl} from "./PatientControl.sol";
import {Decision, Outcome} from "./types/Decision.sol";
import {ANY_PROVIDER, Profile} from "./types/Provider.sol";
import {EMERGENCY, GENERAL, NO_SCOPE, ProgrammeId, RecordId, Scope, ScopeLib} from "./types/Scope.sol";
import {Terms, TermsLib} from "./types/Terms.sol";

contract ConsentRegistry is IConsentRegistry, PatientControl {
    /// @dev One request and what is known of it while word after word is read. A finding is `decision << 8 | place`, so that
    /// the greater of two reasons is the higher one, of equals the last read.
    struct Hearing {
        address patient;
        address grantee;
        RecordId record;
        ProgrammeId programme;
        uint256 categories;
        uint256 purpose;
        uint256 action;
        /// What decides, or the reason for a refusal if no further word decides.
        uint256 finding;
        /// The first conditional cover of the step, or zero.
        uint256 conditional;
        uint256 voidBefore;
        /// The stamp at or before which a grant to the grantee itself is dead.
        uint256 deadUntil;
        /// ANY_PROVIDER's grants mean this grantee.
        bool included;
    }

    // The places where a word can stand that a decision reads, in the order of reading; those of ANY_PROVIDER are odd.
    uint256 private constant OWN_RECORD = 2;
    uint256 private constant ANY_RECORD = 3;
    uint256 private constant OWN_PROGRAMME = 4;
    uint256 private constant OWN_FAMILY = 6;
    uint256 private constant OWN_GENERAL = 8;
    uint256 private constant ANY_FAMILY = 9;
    uint256 private constant ANY_GENERAL = 11;

    /// @inheritdoc IConsentRegistry
    IProviderRegistry public immutable providers;

    /// @dev How long break-glass opens. Seconds.
    uint48 private immutable _emergencyWindow;

    mapping(address patient => mapping(address grantee => mapping(Scope => Terms))) private _words;

    /// @param emergencyWindow_ How long break-glass opens. Seconds.
    constructor(
        IProviderRegistry providers_,
        uint48 emergencyWindow_,
        uint32 /* emergencyBurst */,
        uint48 /* emergencyRefill */
    ) {
        providers = providers_;
        _emergencyWindow = emergencyWindow_;
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
            if (scope.equals(GENERAL)) terms = _afterRefusal(terms, stored);
            terms = terms.stampedAt(_stampOfGrant(stored, voidBefore));
            _write(words, stored, terms, patient, grantee, scope, evidence);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revoke(address patient, Revocation[] calldata revocations) external {
        uint256 voidBefore = _requireSpeaker(patient);
        for (uint256 i = 0; i < revocations.length; ++i) {
            (address grantee, Scope scope) = (revocations[i].grantee, revocations[i].scope);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            Terms refusal = TermsLib.tombstone(_stamp(stored, voidBefore));
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
        return _decide(request);
    }

    /// @inheritdoc IConsentRegistry
    function decideMany(Request[] calldata requests) external view returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](requests.length);
        for (uint256 i = 0; i < requests.length; ++i) {
            (Decision decision, address holder, Scope scope) = _decide(requests[i]);
            outcomes[i] = Outcome(decision, holder, scope);
        }
    }

    /// @inheritdoc IConsentRegistry
    function check(Request calldata request) external view returns (bool) {
        (Decision decision, , ) = _decide(request);
        return decision.isPermit();
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

    function _stampOfGrant(Terms stored, uint256 voidBefore) private view returns (uint256 stamp) {
        stamp = _stamp(stored, voidBefore);
        uint256 latest = _present() + MAX_LEAD;
        require(stamp <= latest, TooSoon(stamp, latest));
    }

    function _stamp(Terms stored, uint256 voidBefore) private view returns (uint256) {
        return Math.max(Math.max(_present(), voidBefore + 1), stored.issuedAt());
    }

    /// @dev A GENERAL grant that takes a refusal's place keeps dead what the refusal ended, through every later one.
    function _afterRefusal(Terms terms, Terms stored) private view returns (Terms) {
        if (stored.isEmpty()) return terms;
        if (stored.isGrant() && !stored.isAfterRefusal()) return terms;
        uint256 refusedAt = stored.isGrant() ? stored.notBefore() : stored.issuedAt() / 1000;
        // A start that has passed says no more than the refusal does.
        if (terms.notBefore() > block.timestamp) return terms.afterRefusal(terms.notBefore());
        // No stamp is later than that second, and what was to start later must not make what starts at once wait.
        return terms.afterRefusal(Math.min(refusedAt, block.timestamp + 1));
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

    // Deciding: narrower beats wider, own beats anybody's, the last word beats the one before. Every access pays for this
    // path, so the request is copied once, and conditions are nested rather than joined: each joined one costs a jump.

    function _decide(Request calldata request) private view returns (Decision, address, Scope) {
        Hearing memory hearing = Hearing({
            patient: request.patient,
            grantee: request.grantee,
            record: request.record,
            programme: request.programme,
            categories: request.categories,
            purpose: request.purpose,
            action: request.action,
            finding: 0,
            conditional: 0,
            voidBefore: 0,
            deadUntil: 0,
            included: false
        });
        if (!_isValid(hearing)) return (Decision.InvalidRequest, address(0), NO_SCOPE);
        address controller;
        (controller, hearing.voidBefore) = _controlOf(hearing.patient);
        if (controller == hearing.grantee) return (Decision.PermitSelf, address(0), NO_SCOPE);
        Profile profile = providers.profileOf(hearing.grantee);
        if (profile == Profile.Inactive) return (Decision.GranteeNotActive, address(0), NO_SCOPE);
        hearing.included = profile == Profile.ActiveCaregiver;
        _hearAll(hearing, _words[hearing.patient]);
        return _spell(hearing);
    }

    /// @dev Steps 2 to 4.
    function _hearAll(Hearing memory hearing, mapping(address => mapping(Scope => Terms)) storage words) private view {
        mapping(Scope => Terms) storage own = words[hearing.grantee];
        Terms general = own[GENERAL];
        hearing.deadUntil = hearing.voidBefore;
        if (!general.isGrant()) {
            hearing.deadUntil = _deadUntil(general, hearing.voidBefore);
            if (!general.isEmpty()) hearing.included = false;
        } else if (general.isAfterRefusal()) {
            hearing.deadUntil = _deadUntil(general, hearing.voidBefore);
        }
        if (!hearing.record.isNone()) {
            if (_hearRecord(hearing, own, words[ANY_PROVIDER])) return;
        }
        // No grant can carry break-glass, and no general refusal forbids it.
        if (hearing.purpose == Codes.BTG) return;
        Scope family = _familyOf(hearing);
        if (_hearOwn(hearing, own, general, family)) return;
        _hearAny(hearing, words[ANY_PROVIDER], family);
    }

    /// @dev Step 2: what was said about this very record.
    function _hearRecord(
        Hearing memory hearing,
        mapping(Scope => Terms) storage own,
        mapping(Scope => Terms) storage any
    ) private view returns (bool) {
        Scope scope = hearing.record.toScope();
        if (_hear(hearing, own[scope], OWN_RECORD, hearing.deadUntil)) return true;
        Terms word = any[scope];
        if (!word.isEmpty()) {
            if (_hear(hearing, word, ANY_RECORD, _deadUntil(any[GENERAL], hearing.voidBefore))) return true;
        }
        return _endStep(hearing);
    }

    /// @dev Step 3: what was said to the grantee itself.
    function _hearOwn(
        Hearing memory hearing,
        mapping(Scope => Terms) storage own,
        Terms general,
        Scope family
    ) private view returns (bool) {
        uint256 deadUntil = hearing.deadUntil;
        if (!hearing.programme.isNone()) {
            if (_hear(hearing, own[hearing.programme.toScope()], OWN_PROGRAMME, deadUntil)) return true;
        }
        if (_hear(hearing, own[family], OWN_FAMILY, deadUntil)) return true;
        if (_hear(hearing, general, OWN_GENERAL, hearing.voidBefore)) return true;
        return _endStep(hearing);
    }

    /// @dev Step 4: what was said to everybody whom the directory lists as active.
    function _hearAny(Hearing memory hearing, mapping(Scope => Terms) storage any, Scope family) private view {
        Terms general = any[GENERAL];
        if (_hear(hearing, any[family], ANY_FAMILY, _deadUntil(general, hearing.voidBefore))) return;
        if (_hear(hearing, general, ANY_GENERAL, hearing.voidBefore)) return;
        _endStep(hearing);
    }

    /// @dev Takes one word into account. True if it decides.
    function _hear(Hearing memory hearing, Terms word, uint256 place, uint256 deadUntil) private view returns (bool) {
        if (word.isEmpty()) return false;
        if (!word.isGrant()) {
            if (!_endStep(hearing)) hearing.finding = _refusal(place);
            return true;
        }
        if (_isAny(place)) {
            if (!hearing.included) return false;
        }
        uint256 decision = _read(hearing, word, deadUntil);
        uint256 finding = (decision << 8) | place;
        if (decision == uint256(Decision.Permit)) {
            hearing.finding = finding;
            return true;
        }
        if (decision == uint256(Decision.PermitConditional)) {
            if (hearing.conditional == 0) hearing.conditional = finding;
        } else if (finding > hearing.finding) {
            hearing.finding = finding;
        }
        return false;
    }

    /// @dev A conditional cover that was found stands where no unconditional one was.
    function _endStep(Hearing memory hearing) private pure returns (bool) {
        if (hearing.conditional == 0) return false;
        hearing.finding = hearing.conditional;
        return true;
    }

    /// @dev The stamp at or before which narrower grants to the holder of this GENERAL word are dead.
    function _deadUntil(Terms general, uint256 voidBefore) private pure returns (uint256) {
        return Math.max(voidBefore, general.endsUntil());
    }

    /// @dev What a grant, standing alone, says to the hearing.
    function _read(Hearing memory hearing, Terms word, uint256 deadUntil) private view returns (uint256) {
        if (word.issuedAt() <= deadUntil) return uint256(Decision.Revoked);
        if (block.timestamp < word.notBefore()) return uint256(Decision.NotYetValid);
        if (block.timestamp >= word.expiresAt()) return uint256(Decision.Expired);
        if (hearing.categories & ~word.categories() != 0) return uint256(Decision.CategoryNotCovered);
        if (hearing.purpose & word.purposes() == 0) return uint256(Decision.PurposeNotCovered);
        if (hearing.action & word.actions() == 0) return uint256(Decision.ActionNotCovered);
        return word.isConditional() ? uint256(Decision.PermitConditional) : uint256(Decision.Permit);
    }

    function _refusal(uint256 place) private pure returns (uint256) {
        return (uint256(place <= ANY_RECORD ? Decision.Withheld : Decision.Revoked) << 8) | place;
    }

    function _isAny(uint256 place) private pure returns (bool) {
        return place & 1 == 1;
    }

    /// @dev The outcome that a finding stands for.
    function _spell(Hearing memory hearing) private pure returns (Decision, address, Scope) {
        Decision decision = Decision(hearing.finding >> 8);
        uint256 place = uint8(hearing.finding);
        if (place == OWN_GENERAL) return (decision, hearing.grantee, GENERAL);
        if (place == OWN_FAMILY) return (decision, hearing.grantee, _familyOf(hearing));
        if (place == 0) return (decision, address(0), NO_SCOPE);
        address holder = _isAny(place) ? ANY_PROVIDER : hearing.grantee;
        if (place == ANY_GENERAL) return (decision, holder, GENERAL);
        if (place == ANY_FAMILY) return (decision, holder, _familyOf(hearing));
        if (place == OWN_PROGRAMME) return (decision, holder, hearing.programme.toScope());
        return (decision, holder, hearing.record.toScope());
    }

    function _familyOf(Hearing memory hearing) private pure returns (Scope) {
        return ScopeLib.ofFamily(Codes.familyOf(uint32(hearing.purpose)));
    }

    function _isValid(Hearing memory hearing) private pure returns (bool) {
        if (hearing.patient == address(0)) return false;
        if (hearing.grantee == address(0)) return false;
        if (hearing.grantee == ANY_PROVIDER) return false;
        if (!hearing.record.isNone()) {
            if (!hearing.record.isWellFormed()) return false;
        }
        if (!hearing.programme.isNone()) {
            if (!hearing.programme.isWellFormed()) return false;
        }
        (uint256 categories, uint256 purpose, uint256 action) = (hearing.categories, hearing.purpose, hearing.action);
        if (categories == 0) return false;
        if (purpose == 0) return false;
        if (action == 0) return false;
        unchecked {
            uint256 undefined =
                (categories & ~uint256(Codes.CATEGORIES)) |
                    (purpose & ~uint256(Codes.PURPOSES)) |
                    (action & ~uint256(Codes.ACTIONS));
            uint256 furtherBits = (purpose & (purpose - 1)) | (action & (action - 1));
            return undefined | furtherBits == 0;
        }
    }

    /// @dev At least one bit, and none that is not defined.
    function _isMask(uint256 bits, uint256 defined) private pure returns (bool) {
        return bits != 0 && bits & ~defined == 0;
    }
}
