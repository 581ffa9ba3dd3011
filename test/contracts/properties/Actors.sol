// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IPatientControl} from "../../../contracts/interfaces/IPatientControl.sol";
import {Signed} from "../../../contracts/types/Signed.sol";
import {DOCUMENT, Kind, Letter} from "./Letters.sol";
import {Sentences} from "./Sentences.sol";
import {Stage} from "./Stage.sol";
import {VM} from "./Vm.sol";
import {
    EMERGENCY_SCOPE,
    EMERGENCY_PURPOSE,
    endOf,
    FOR_EVER,
    isConsent,
    oneGrant,
    oneRevocation,
    packed,
    signedBy,
    stampOf,
    stamped
} from "./Words.sol";

/// @notice Patients, representatives, relayers, providers, role holders and strangers: each step is one of them doing one thing.
contract Actors is Stage {
    Letter[] private _letters;
    uint256[] private _emergencies;

    // Steps

    /// @notice Somebody calls in a patient's name.
    function speak(uint256 seed) external thrown(seed) {
        address patient = _anyPatient();
        address by = _anyVoice(patient);
        uint256 what = _roll(12);
        address grantee;
        bytes32 scope;
        if (what == 0) {
            _revokeAll(by, patient);
        } else if (what < 5) {
            (grantee, scope) = _anyPlace();
            _revoke(by, patient, grantee, scope);
        } else {
            (grantee, scope) = _anyGrantablePlace();
            _grant(by, patient, grantee, scope);
        }
        _ask(patient, grantee == address(0) ? CLINIC : grantee);
    }

    /// @notice Somebody signs, and keeps it for later.
    function sign(uint256 seed) external thrown(seed) {
        Letter memory letter;
        letter.patient = _anyPatient();
        letter.signer = _anyVoice(letter.patient);
        if (keys[letter.signer] == 0) letter.signer = everybody[STRANGER];
        uint256 age = [uint256(0), 500, 4_000, 3 hours * 1000, 2 days * 1000][_roll(5)];
        letter.issuedAt = uint48(_roll(8) == 0 ? _now() + 1500 : _now() - 1 - age);
        letter.deadline = uint48(letter.issuedAt / 1000 + (_roll(3) == 0 ? 1 hours : 7 days));
        uint256 what = _roll(10);
        letter.kind = [Kind.Grant, Kind.Revocation, Kind.RevokeAll, Kind.Appointment, Kind.Dismissal][
            what < 4
                ? 0
                : what < 7
                    ? 1
                    : what - 5
        ];
        _fill(letter);
        _letters.push(letter);
    }

    /// @notice Somebody delivers what was signed, be it for the first time.
    function deliver(uint256 seed) external thrown(seed) {
        if (_letters.length == 0) return;
        Letter storage letter = _letters[_roll(_letters.length)];
        Letter memory content = letter;
        Signed memory signed = _signature(content, keys[content.signer], address(consents), block.chainid);
        bool counts = _counts(content);
        bool isWithdrawal = content.kind != Kind.Grant && content.kind != Kind.Appointment;
        bool ok = _act(_anybody(), content.call(signed));
        if (!counts) _keep(!ok, 1, "a signature that does not count was taken");
        else _keep(ok, isWithdrawal ? 2 : 4, "a signature that counts was refused");
        if (content.wasDelivered) _keep(told == 0, 4, "a signature was used twice");
        if (told != 0) _keep(loggedBy == content.signer, 6, "the log names another speaker");
        if (!ok) return;
        letter.wasDelivered = true;
        _take(content);
        _ask(content.patient, content.scope == 0 ? CLINIC : content.other);
    }

    /// @notice Somebody delivers what nobody signed: not this, not so, not for here.
    function forge(uint256 seed) external thrown(seed) {
        if (_letters.length == 0) return;
        Letter memory letter = _letters[_roll(_letters.length)];
        uint256 key = keys[letter.signer];
        (address registry, uint256 chain) = (address(consents), block.chainid);
        uint256 how = _roll(4);
        if (how == 0) ++key;
        if (how == 1) ++chain;
        if (how == 2) registry = address(records);
        Signed memory signed = _signature(letter, key, registry, chain);
        signed.signer = abi.encodePacked(letter.signer);
        if (how == 3) letter.patient = everybody[(keys[letter.patient] - keys[everybody[0]] + 1) % PATIENTS];
        bool ok = _act(_anybody(), letter.call(signed));
        _keep(!ok, how == 0 || how == 3 ? 1 : 4, "a forged signature was taken");
    }

    /// @notice Somebody decides on who speaks for a patient.
    function command(uint256 seed) external thrown(seed) {
        address patient = _anyPatient();
        address by = _anyVoice(patient);
        uint256 what = _roll(4);
        if (what == 0) _transfer(by, patient);
        else if (what == 1) _appoint(by, patient);
        else if (what == 2) _dismiss(by, patient);
        else _exclude(by, patient);
        _ask(patient, CLINIC);
    }

    /// @notice Somebody breaks the glass.
    function breakGlass(uint256 seed) external thrown(seed) {
        address patient = _anyPatient();
        address provider = [CLINIC, CLINIC, CLINIC, LAB, RESEARCHER][_roll(5)];
        address by = [CLINIC, MEMBER, MEMBER, provider, _anybody()][_roll(5)];
        uint64 categories = _anyCategories();
        bool isEmpowered =
            provider == CLINIC && clinicIsCapable && !isInactive[CLINIC] && (by == CLINIC || by == MEMBER);
        uint256 before = _standing(patient, provider, EMERGENCY_SCOPE);
        bool waits = _mustWait(patient, before);
        bytes32 reason = keccak256("reason");
        bool ok = _act(by, abi.encodeCall(IConsentRegistry.breakGlass, (provider, patient, categories, reason)));
        if (!ok) return;
        _keep(isEmpowered, 5, "the glass was broken by one who must not");
        _keep(!waits, 2, "the glass was broken after the patient ended it");
        _noteEmergency(patient, provider, before, categories);
        _checkPlace(patient, provider, EMERGENCY_SCOPE, 1);
        _keep(told == 1 || before == _standing(patient, provider, EMERGENCY_SCOPE), 1, "an emergency that nobody sees");
        _check(_emergency(patient));
    }

    /// @notice Somebody changes the directory.
    function govern(uint256 seed) external thrown(seed) {
        address provider = [CLINIC, LAB, RESEARCHER][_roll(3)];
        uint256 what = [uint256(0), 1, 1, 1, 2, 3, 3, 3][_roll(8)];
        address right = what == 0 ? ACCREDITOR : CONSORTIUM;
        address by = _roll(4) == 0 ? _anybody() : right;
        bytes memory data;
        if (what == 0) data = abi.encodeCall(providers.suspend, (provider));
        else if (what == 1) data = abi.encodeCall(providers.reinstate, (provider));
        else data = abi.encodeCall(providers.setEmergency, (CLINIC, what == 3));
        VM.prank(by);
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, ) = address(providers).call(data);
        if (!ok) return;
        _keep(by == right, 5, "the directory was changed by one who must not");
        if (what < 2) isInactive[provider] = what == 0;
        else clinicIsCapable = what == 3;
        _ask(_anyPatient(), what < 2 ? provider : CLINIC);
    }

    /// @notice Time goes by.
    function wait(uint256 seed) external thrown(seed) {
        VM.warp(block.timestamp + [uint256(1), 1, 2, 1 hours, 4 hours, 1 days, 8 days][_roll(7)]);
        (address grantee, ) = _anyPlace();
        _ask(_anyPatient(), grantee);
    }

    // The end of the story

    /// @notice Properties 3, 4 and 6 of every place and person: nothing changed but what was said.
    function closeBooks() external {
        for (uint256 i = 0; i < PATIENTS; ++i) {
            address patient = everybody[i];
            for (uint256 j = 0; j < grantees.length * scopes.length; ++j) {
                _checkPlace(patient, grantees[j / scopes.length], scopes[j % scopes.length], 3);
            }
            _checkPerson(patient);
        }
    }

    // Direct words

    function _grant(address by, address patient, address grantee, bytes32 scope) private {
        uint256 terms = _anyTerms(scope);
        uint48 stamp = _presentStamp(patient, grantee, scope);
        bool ok = _act(
            by,
            abi.encodeCall(IConsentRegistry.grant, (patient, oneGrant(grantee, scope, terms), DOCUMENT))
        );
        bool speaks = _speaks(patient, by);
        if (!speaks) _keep(!ok, _propertyOf(by), "granted by one who may not speak");
        else _keep(ok == (stamp <= _now() + 1000), 4, "the present word was not taken");
        if (ok) _note(patient, grantee, scope, stamped(terms, stamp), true);
        _checkSpoken(by, patient, grantee, scope);
    }

    function _revoke(address by, address patient, address grantee, bytes32 scope) private {
        uint48 stamp = _presentStamp(patient, grantee, scope);
        bool ok = _act(by, abi.encodeCall(IConsentRegistry.revoke, (patient, oneRevocation(grantee, scope))));
        if (_speaks(patient, by)) _keep(ok, 2, "a withdrawal failed");
        else _keep(!ok, _propertyOf(by), "refused by one who may not speak");
        if (ok) _note(patient, grantee, scope, _refusal(stamp), true);
        _checkSpoken(by, patient, grantee, scope);
    }

    function _revokeAll(address by, address patient) private {
        bool ok = _act(by, abi.encodeCall(IConsentRegistry.revokeAll, (patient)));
        if (_speaks(patient, by)) _keep(ok, 2, "a withdrawal of all failed");
        else _keep(!ok, _propertyOf(by), "all revoked by one who may not speak");
        if (ok) {
            uint48 next = people[patient].voidBefore + 1;
            uint48 stamp = next > _now() ? next : _now();
            people[patient].voidBefore = stamp > _now() + 1000 ? _now() + 1000 : stamp;
        }
        _checkPerson(patient);
    }

    function _checkSpoken(address by, address patient, address grantee, bytes32 scope) private {
        if (told != 0) _keep(loggedBy == by, 6, "the log names another speaker");
        _checkPlace(patient, grantee, scope, 4);
    }

    /// @dev Whom the writing of a word would accuse: those who hold a role, or anybody.
    function _propertyOf(address by) private view returns (uint256) {
        return keys[by] == 0 ? 5 : 1;
    }

    // Control

    function _transfer(address by, address patient) private {
        address to = [patient, everybody[3], everybody[4]][_roll(3)];
        uint256 key = _roll(5) == 0 ? keys[everybody[STRANGER]] : keys[to];
        uint48 issuedAt = uint48(_now() - 1 - _roll(2) * 5_000);
        uint48 deadline = uint48(block.timestamp + 1);
        bytes32 statement = Sentences.acceptControl(patient, to, issuedAt, deadline);
        Signed memory acceptance = signedBy(key, statement, issuedAt, address(consents), block.chainid);
        acceptance.signer = abi.encodePacked(to);
        bool may = by == _controller(patient) && to != by && key == keys[to] && issuedAt > people[patient].controlSince;
        bool ok = _act(by, abi.encodeCall(IPatientControl.transferControl, (patient, to, deadline, acceptance)));
        _keep(ok == may, 1, "control passed against the rules");
        if (ok) (people[patient].controller, people[patient].controlSince) = (to, _now());
        _checkPerson(patient);
    }

    function _appoint(address by, address patient) private {
        address representative = everybody[REPRESENTATIVE + _roll(2)];
        uint48 since = uint48(_roll(3) == 0 ? block.timestamp + 1 : 0);
        uint48 until = _roll(2) == 0 ? FOR_EVER : uint48(block.timestamp + 1 days);
        bytes memory data = abi.encodeCall(
            IPatientControl.appointRepresentative,
            (patient, representative, since, until)
        );
        _command(by, patient, representative, data, since, until);
    }

    function _dismiss(address by, address patient) private {
        address representative = everybody[REPRESENTATIVE + _roll(2)];
        bytes memory data = abi.encodeCall(IPatientControl.dismissRepresentative, (patient, representative));
        _command(by, patient, representative, data, 0, 0);
    }

    function _command(
        address by,
        address patient,
        address representative,
        bytes memory data,
        uint48 since,
        uint48 until
    ) private {
        bool ok = _act(by, data);
        _keep(ok == (by == _controller(patient)), 1, "a representative against the rules");
        uint48 next = people[patient].controlSince + 1;
        uint48 stamp = next > _now() ? next : _now();
        uint48 stored = mandates[patient][representative].stamp;
        if (ok) mandates[patient][representative] = Mandate(since, until, stamp > stored ? stamp : stored);
        _checkMandate(patient, representative);
    }

    function _exclude(address by, address patient) private {
        uint64 categories = [uint64(0), 1, 2, 7][_roll(4)];
        bool ok = _act(by, abi.encodeCall(IPatientControl.setExclusions, (patient, categories)));
        _keep(ok == (by == _controller(patient)), 1, "an exclusion against the rules");
        if (ok) excluded[patient] = categories;
        _checkPerson(patient);
    }

    // Letters

    function _fill(Letter memory letter) private {
        if (letter.kind == Kind.Grant) {
            (letter.other, letter.scope) = _anyGrantablePlace();
            letter.terms = _anyTerms(letter.scope);
        } else if (letter.kind == Kind.Revocation) {
            (letter.other, letter.scope) = _anyPlace();
        } else {
            letter.other = everybody[REPRESENTATIVE + _roll(2)];
            letter.terms = packed(0, 0, 0, 0, _roll(2) == 0 ? FOR_EVER : uint48(block.timestamp + 1 days));
        }
    }

    function _signature(
        Letter memory letter,
        uint256 key,
        address registry,
        uint256 chain
    ) private pure returns (Signed memory) {
        return signedBy(key, letter.statement(), letter.issuedAt, registry, chain);
    }

    function _counts(Letter memory letter) private view returns (bool) {
        bool isConcession = letter.kind == Kind.Grant || letter.kind == Kind.Appointment;
        if (isConcession && block.timestamp > letter.deadline) return false;
        bool isCommand = letter.kind == Kind.Appointment || letter.kind == Kind.Dismissal;
        if (isCommand) return _commanded(letter.patient, letter.signer, letter.issuedAt);
        return _spoke(letter.patient, letter.signer, letter.issuedAt);
    }

    function _take(Letter memory letter) private {
        (address patient, address other, uint48 stamp) = (letter.patient, letter.other, letter.issuedAt);
        if (letter.kind == Kind.RevokeAll) {
            if (stamp > people[patient].voidBefore) people[patient].voidBefore = stamp;
            _checkPerson(patient);
        } else if (letter.kind == Kind.Appointment || letter.kind == Kind.Dismissal) {
            _takeCommand(letter);
        } else {
            uint256 word = letter.kind == Kind.Grant ? stamped(letter.terms, stamp) : _refusal(stamp);
            _note(patient, other, letter.scope, word, false);
            _checkPlace(patient, other, letter.scope, 4);
        }
    }

    /// @dev Of two as new, a dismissal counts, or else the one that ends earlier.
    function _takeCommand(Letter memory letter) private {
        Mandate storage mandate = mandates[letter.patient][letter.other];
        bool isDismissal = letter.kind == Kind.Dismissal;
        (uint48 stamp, uint48 until) = (letter.issuedAt, isDismissal ? 0 : endOf(letter.terms));
        bool isNews = stamp > mandate.stamp || (stamp == mandate.stamp && until < mandate.until);
        if (isNews) mandates[letter.patient][letter.other] = Mandate(0, until, stamp);
        _checkMandate(letter.patient, letter.other);
    }

    // Break-glass

    /// @dev Breaking it again while it is open adds categories, but no time.
    function _noteEmergency(address patient, address provider, uint256 before, uint64 categories) private {
        bool isOpen =
            isConsent(before) && stampOf(before) > people[patient].voidBefore && block.timestamp < endOf(before);
        uint48 end = isOpen ? endOf(before) : uint48(block.timestamp + WINDOW);
        uint256 stamp = isOpen ? stampOf(before) : block.timestamp * 1000;
        if (isOpen) categories |= uint64(before);
        uint256 terms = packed(categories & ~excluded[patient], EMERGENCY_PURPOSE, 6, 0, end);
        _note(patient, provider, EMERGENCY_SCOPE, stamped(terms, stamp), true);
        _emergencies.push(block.timestamp);
        for (uint256 i = 0; i < _emergencies.length; ++i) {
            uint256 most = BURST * (REFILL + block.timestamp - _emergencies[i]);
            _keep((_emergencies.length - i) * REFILL <= most, 1, "the glass was broken too often");
        }
    }

    function _emergency(address patient) private view returns (IConsentRegistry.Request memory) {
        uint256 word = _standing(patient, CLINIC, EMERGENCY_SCOPE);
        IConsentRegistry.Request memory request;
        (request.patient, request.grantee, request.purpose) = (patient, CLINIC, EMERGENCY_PURPOSE);
        (request.categories, request.action) = (uint64(word), 2);
        return request;
    }

    // Books

    function _checkPerson(address patient) private {
        Person storage person = people[patient];
        Entry storage entry = loggedPeople[patient];
        (uint64 exclusions, ) = consents.exclusionsOf(patient);
        bool isAsSaid =
            consents.controllerOf(patient) == _controller(patient) &&
                consents.controlSinceOf(patient) == person.controlSince &&
                consents.voidBeforeOf(patient) == person.voidBefore &&
                exclusions == excluded[patient];
        _keep(isAsSaid, 4, "a person's state is not what was said last");
        bool isAsLogged =
            entry.controller == person.controller &&
                entry.controlSince == person.controlSince &&
                entry.voidBefore == person.voidBefore &&
                entry.excluded == exclusions;
        _keep(isAsLogged, 6, "the log tells another state of a person");
    }

    function _checkMandate(address patient, address representative) private {
        Mandate storage mandate = mandates[patient][representative];
        uint256 word = uint256(mandate.since) | (uint256(mandate.until) << 48) | (uint256(mandate.stamp) << 96);
        bool speaks = consents.speaksFor(patient, representative);
        _keep(speaks == _speaks(patient, representative), 1, "a representative is not who was appointed");
        _keep(loggedMandates[patient][representative] == word, 6, "the log tells of another representative");
    }
}
