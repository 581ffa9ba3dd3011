// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {Codes} from "./libraries/Codes.sol";
import {Hearing} from "./libraries/Hearing.sol";
import {Statements} from "./libraries/Statements.sol";
import {PatientControl} from "./PatientControl.sol";
import {Decision, Outcome} from "./types/Decision.sol";
import {Ability, ANY_PROVIDER, Profile} from "./types/Provider.sol";
import {EMERGENCY, GENERAL, NO_SCOPE, Scope, ScopeLib} from "./types/Scope.sol";
import {Signed} from "./types/Signed.sol";
import {Terms, TermsLib} from "./types/Terms.sol";

contract ConsentRegistry is IConsentRegistry, PatientControl {
    using RateLimiter for RateLimiter.RefillingBucket;

    /// @dev How far a stamp may run ahead of the present when several words fall into one block. Milliseconds.
    uint256 private constant MAX_LEAD = 1000;

    uint48 private constant MAX_EMERGENCY_WINDOW = 7 days;

    /// @inheritdoc IConsentRegistry
    IProviderRegistry public immutable providers;

    /// @inheritdoc IConsentRegistry
    uint48 public immutable emergencyWindow;

    /// @dev What one break-glass takes from the bucket: then each second gives back a whole number, as many as the burst.
    uint48 private immutable _emergencyCost;

    mapping(address patient => mapping(address grantee => mapping(Scope => Terms))) private _words;
    RateLimiter.RefillingBucket private _emergencies;

    /// @param window How long break-glass opens. Seconds.
    /// @param burst How often an organization can break the glass in a row.
    /// @param refill After how long it can again as often. Seconds.
    constructor(IProviderRegistry providers_, uint48 window, uint32 burst, uint48 refill) {
        bool isValid = window != 0 && window <= MAX_EMERGENCY_WINDOW && burst != 0 && refill != 0;
        require(isValid, InvalidEmergencySettings(window, burst, refill));
        (providers, emergencyWindow, _emergencyCost) = (providers_, window, refill);
        _emergencies.updateSettings(refill, uint208(burst) * refill);
    }

    // The patient's word

    /// @inheritdoc IConsentRegistry
    function grant(address patient, Grant[] calldata grants, bytes32 evidence) external {
        uint256 voidBefore = _requireSpeaker(patient);
        for (uint256 i = 0; i < grants.length; ++i) {
            Grant calldata item = grants[i];
            (address grantee, Scope scope, Terms terms) = (item.grantee, item.scope, item.terms);
            _validate(patient, grantee, scope, terms, evidence);
            require(block.timestamp < terms.expiresAt(), AlreadyExpired(terms.expiresAt(), uint48(block.timestamp)));
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            if (!stored.isEmpty()) terms = _afterRefusal(terms, stored, scope);
            terms = terms.stampedAt(_stampOfGrant(stored, voidBefore));
            _write(words, stored, terms, patient, grantee, scope, evidence, msg.sender);
        }
    }

    /// @inheritdoc IConsentRegistry
    function grantBySig(
        address patient,
        Grant[] calldata grants,
        bytes32 statement,
        bytes32 document,
        uint48 deadline,
        Signed calldata signed
    ) external {
        _requireInTime(signed.issuedAt, deadline);
        bytes32 hash = Statements.grants(patient, grants, statement, document, signed.issuedAt, deadline);
        address by = _signingSpeaker(patient, hash, signed);
        bytes32 evidence = keccak256(abi.encode(statement, document));
        for (uint256 i = 0; i < grants.length; ++i) {
            Grant calldata item = grants[i];
            (address grantee, Scope scope, Terms terms) = (item.grantee, item.scope, item.terms);
            _validate(patient, grantee, scope, terms, document);
            terms = terms.stampedAt(signed.issuedAt);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            if (!terms.supersedes(_said(stored, scope))) continue;
            _write(words, stored, _afterRefusal(terms, stored, scope), patient, grantee, scope, evidence, by);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revoke(address patient, Revocation[] calldata revocations) external {
        uint256 voidBefore = _requireSpeaker(patient);
        for (uint256 i = 0; i < revocations.length; ++i) {
            Revocation calldata item = revocations[i];
            (address grantee, Scope scope) = (item.grantee, item.scope);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            Terms refusal = TermsLib.tombstone(_stamp(stored, voidBefore));
            _write(words, stored, refusal, patient, grantee, scope, 0, msg.sender);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revokeBySig(address patient, Revocation[] calldata revocations, Signed calldata signed) external {
        bytes32 hash = Statements.revocations(patient, revocations, signed.issuedAt);
        address by = _signingSpeaker(patient, hash, signed);
        Terms refusal = TermsLib.tombstone(signed.issuedAt);
        for (uint256 i = 0; i < revocations.length; ++i) {
            Revocation calldata item = revocations[i];
            (address grantee, Scope scope) = (item.grantee, item.scope);
            mapping(Scope => Terms) storage words = _words[patient][grantee];
            Terms stored = words[scope];
            if (refusal.supersedes(stored)) _write(words, stored, refusal, patient, grantee, scope, 0, by);
            else if (scope.equals(GENERAL)) _restart(words, stored, refusal, patient, grantee, by);
        }
    }

    /// @inheritdoc IConsentRegistry
    function revokeAll(address patient) external {
        uint256 voidBefore = _requireSpeaker(patient);
        uint256 present = _present();
        _revokeAll(patient, Math.min(Math.max(present, voidBefore + 1), present + MAX_LEAD), voidBefore, msg.sender);
    }

    /// @inheritdoc IConsentRegistry
    function revokeAllBySig(address patient, Signed calldata signed) external {
        address by = _signingSpeaker(patient, Statements.revokeAll(patient, signed.issuedAt), signed);
        _revokeAll(patient, signed.issuedAt, _control[patient].voidBefore, by);
    }

    // Break-glass

    /// @inheritdoc IConsentRegistry
    function breakGlass(address provider, address patient, uint64 categories, bytes32 reasonHash) external {
        require(
            providers.empowers(provider, msg.sender, Ability.EMERGENCY),
            NotEmpoweredFor(msg.sender, provider, Ability.EMERGENCY)
        );
        require(_isMask(categories, Codes.CATEGORIES), InvalidCategories(categories));
        (uint64 excluded, ) = _exclusionsOf(patient);
        require(categories & ~excluded != 0, ExcludedFromBreakGlass(patient, categories));
        (Terms last, uint256 voidBefore) = _lastEmergency(patient, provider);
        Terms word = _emergency(last, voidBefore, categories, excluded);
        require(
            _emergencies.tryConsume(bytes32(uint256(uint160(provider))), _emergencyCost),
            TooManyEmergencies(provider)
        );
        _words[patient][provider][EMERGENCY] = word;
        emit GlassBroken(patient, provider, word, reasonHash, msg.sender);
    }

    // Decisions

    /// @inheritdoc IConsentRegistry
    function decide(Request calldata request) public view returns (Decision, address, Scope) {
        Hearing memory hearing = Hearing({
            patient: request.patient,
            grantee: request.grantee,
            record: request.record,
            programme: request.programme,
            purpose: request.purpose,
            categories: request.categories,
            action: request.action,
            finding: 0,
            conditional: 0,
            voidBefore: 0,
            included: false
        });
        if (!hearing.isValid()) return (Decision.InvalidRequest, address(0), NO_SCOPE);
        (address patient, address grantee) = (hearing.patient, hearing.grantee);
        address controller;
        (controller, hearing.voidBefore) = _controlOf(patient);
        if (controller == grantee) return (Decision.PermitSelf, address(0), NO_SCOPE);
        uint256 profile = uint256(providers.profileOf(grantee));
        if (profile == uint256(Profile.Inactive)) return (Decision.GranteeNotActive, address(0), NO_SCOPE);
        hearing.included = profile == uint256(Profile.ActiveCaregiver);
        if (hearing.hear(grantee, _words[patient])) _hearEmergency(hearing);
        return hearing.spell();
    }

    /// @inheritdoc IConsentRegistry
    function decideMany(Request[] calldata requests) external view returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](requests.length);
        for (uint256 i = 0; i < requests.length; ++i) {
            (Decision decision, address holder, Scope scope) = decide(requests[i]);
            outcomes[i] = Outcome(decision, holder, scope);
        }
    }

    /// @inheritdoc IConsentRegistry
    function check(Request calldata request) external view returns (bool) {
        (Decision decision, , ) = decide(request);
        return decision.isPermit();
    }

    // Views

    /// @inheritdoc IConsentRegistry
    function termsOf(address patient, address grantee, Scope scope) external view returns (Terms) {
        return _words[patient][grantee][scope];
    }

    /// @inheritdoc IConsentRegistry
    function emergenciesLeft(address provider) external view returns (uint256) {
        return _emergencies.available(bytes32(uint256(uint160(provider)))) / _emergencyCost;
    }

    // Writing

    /// @dev The only place where a patient's word is stored. What changes nothing emits nothing.
    function _write(
        mapping(Scope => Terms) storage words,
        Terms stored,
        Terms word,
        address patient,
        address grantee,
        Scope scope,
        bytes32 evidence,
        address by
    ) private {
        if (word.equals(stored)) return;
        words[scope] = word;
        if (word.isGrant()) emit ConsentGranted(patient, grantee, scope, word, evidence, by);
        else emit ConsentRevoked(patient, grantee, scope, word.issuedAt(), by);
    }

    /// @dev A refusal that comes later than a consent said after it: the consent stands, but what the refusal ended stays ended.
    function _restart(
        mapping(Scope => Terms) storage words,
        Terms stored,
        Terms refusal,
        address patient,
        address grantee,
        address by
    ) private {
        uint256 start = refusal.refusedAt();
        if (!stored.isGrant() || start <= stored.notBefore()) return;
        Terms word = stored.startedAt(start);
        words[GENERAL] = word;
        emit ConsentRestarted(patient, grantee, word, by);
    }

    function _revokeAll(address patient, uint256 stamp, uint256 voidBefore, address by) private {
        if (stamp <= voidBefore) return;
        _control[patient].voidBefore = uint48(stamp);
        emit AllRevoked(patient, uint48(stamp), by);
    }

    /// @dev A GENERAL grant takes its start from what it takes the place of.
    function _afterRefusal(Terms terms, Terms stored, Scope scope) private pure returns (Terms) {
        return scope.equals(GENERAL) ? terms.startedAt(stored.refusedAt()) : terms;
    }

    /// @dev The word without what the registry added: the start of a GENERAL grant.
    function _said(Terms stored, Scope scope) private pure returns (Terms) {
        return scope.equals(GENERAL) && stored.isGrant() ? stored.startedAt(0) : stored;
    }

    function _stampOfGrant(Terms stored, uint256 voidBefore) private view returns (uint256 stamp) {
        stamp = _stamp(stored, voidBefore);
        uint256 latest = _present() + MAX_LEAD;
        require(stamp <= latest, TooSoon(stamp, latest));
    }

    function _stamp(Terms stored, uint256 voidBefore) private view returns (uint256) {
        return Math.max(Math.max(_present(), voidBefore + 1), stored.issuedAt());
    }

    /// @dev What stands in EMERGENCY, and the stamp of the last `revokeAll`.
    function _lastEmergency(address patient, address provider) internal view virtual returns (Terms, uint256) {
        return (_words[patient][provider][EMERGENCY], _control[patient].voidBefore);
    }

    /// @dev What break-glass stores over what stands in EMERGENCY. While it is open, more of it keeps stamp and end.
    function _emergency(
        Terms stored,
        uint256 voidBefore,
        uint64 categories,
        uint64 excluded
    ) private view returns (Terms) {
        if (stored.isGrant() && stored.issuedAt() > voidBefore && block.timestamp < stored.expiresAt()) {
            uint64 opened = (categories | stored.categories()) & ~excluded;
            return TermsLib.emergency(opened, stored.issuedAt(), stored.expiresAt());
        }
        uint256 stamp = block.timestamp * 1000;
        uint256 waited = _endedByPatient(stored, voidBefore) + uint256(emergencyWindow) * 1000;
        uint256 waitsUntil = Math.max(waited, voidBefore + 1);
        require(stamp >= waitsUntil, EndedByPatient(waitsUntil));
        return TermsLib.emergency(categories & ~excluded, stamp, block.timestamp + emergencyWindow);
    }

    function _validate(address patient, address grantee, Scope scope, Terms terms, bytes32 document) private pure {
        require(grantee != address(0) && grantee != patient, InvalidGrantee(patient, grantee));
        if (!terms.isGrantable()) _refuse(terms);
        (uint48 notBefore, uint48 expiresAt) = (terms.notBefore(), terms.expiresAt());
        require(notBefore < expiresAt, InvalidPeriod(notBefore, expiresAt));
        require(!terms.isConditional() || document != 0, ConditionalWithoutDocument(grantee, scope));
        if (scope.equals(GENERAL)) require(notBefore == 0, StartNotGrantable(grantee, notBefore));
        else _validateNarrower(grantee, scope, terms.purposes());
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

    // Deciding

    /// @dev A grantee that is not active has been refused before.
    function _hearEmergency(Hearing memory hearing) private view {
        Terms word = _words[hearing.patient][hearing.grantee][EMERGENCY];
        if (word.isEmpty()) return;
        if (!providers.isCapable(hearing.grantee, Ability.EMERGENCY)) return;
        (uint64 excluded, ) = _exclusionsOf(hearing.patient);
        hearing.hearEmergency(word, excluded);
    }

    /// @dev The stamp at which the patient ended what break-glass had opened, or its end if that came first; 0: neither. Which
    /// of several `revokeAll` came while it was open can't be told any more, so each counts.
    function _endedByPatient(Terms stored, uint256 voidBefore) private view returns (uint256) {
        uint256 stamp = stored.issuedAt();
        uint256 ended = Math.min(voidBefore, stamp + uint256(emergencyWindow) * 1000);
        if (!stored.isGrant()) return Math.max(stamp, ended);
        return stamp <= voidBefore ? ended : 0;
    }

    /// @dev At least one bit, and none that is not defined.
    function _isMask(uint256 bits, uint256 defined) private pure returns (bool) {
        return bits != 0 && bits & ~defined == 0;
    }
}
