// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {Codes} from "./libraries/Codes.sol";
import {Decision} from "./types/Decision.sol";
import {Ability} from "./types/Provider.sol";
import {NO_SCOPE, ProgrammeId, RecordId, Scope} from "./types/Scope.sol";

contract RecordRegistry is IRecordRegistry {
    /// @inheritdoc IRecordRegistry
    IConsentRegistry public immutable consents;

    IProviderRegistry private immutable _providers;

    mapping(RecordId => Pointer) private _pointers;

    constructor(IConsentRegistry consents_) {
        consents = consents_;
        _providers = consents_.providers();
    }

    // The custodian

    /// @inheritdoc IRecordRegistry
    function register(Registration calldata registration, ProgrammeId programme, uint32 purpose) external {
        _register(registration, programme, purpose);
    }

    /// @inheritdoc IRecordRegistry
    function registerBatch(Registration[] calldata registrations, ProgrammeId programme, uint32 purpose) external {
        for (uint256 i = 0; i < registrations.length; ++i) {
            _register(registrations[i], programme, purpose);
        }
    }

    /// @inheritdoc IRecordRegistry
    function amend(RecordId record, bytes32 contentHash, bytes calldata sealedLocator) external {
        Pointer storage pointer = _editable(record);
        require(contentHash != 0, InvalidContentHash(record));
        require(pointer.version != type(uint24).max, TooManyVersions(record));
        pointer.contentHash = contentHash;
        emit RecordAmended(record, ++pointer.version, contentHash, sealedLocator, msg.sender);
    }

    /// @inheritdoc IRecordRegistry
    function addLabels(RecordId record, uint64 categories) external {
        Pointer storage pointer = _editable(record);
        require(categories != 0 && categories & ~Codes.CATEGORIES == 0, InvalidLabels(categories));
        uint64 all = pointer.categories | categories;
        if (all == pointer.categories) return;
        pointer.categories = all;
        emit LabelsAdded(record, all, msg.sender);
    }

    /// @inheritdoc IRecordRegistry
    function erase(RecordId record) external {
        _editable(record);
        delete _pointers[record];
        _pointers[record].status = Status.Erased;
        emit RecordErased(record, msg.sender);
    }

    // Decisions

    /// @inheritdoc IRecordRegistry
    function decideRecord(
        address grantee,
        RecordId record,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action
    ) external view returns (Decision decision, address holder, Scope scope) {
        Pointer storage pointer = _pointers[record];
        if (pointer.status != Status.Registered) return (Decision.NoConsent, address(0), NO_SCOPE);
        (decision, holder, scope) = consents.decide(
            IConsentRegistry.Request({
                patient: pointer.patient,
                grantee: grantee,
                record: record,
                programme: programme,
                categories: pointer.categories,
                purpose: purpose,
                action: action
            })
        );
        if (grantee == record.custodian() && _isCustodial(decision, purpose, action)) {
            return (Decision.PermitCustodian, address(0), NO_SCOPE);
        }
    }

    // Views

    /// @inheritdoc IRecordRegistry
    function pointerOf(RecordId record) external view returns (Pointer memory) {
        return _pointers[record];
    }

    /// @inheritdoc IRecordRegistry
    function subjectOf(RecordId record) external view returns (address patient, uint64 categories) {
        Pointer storage pointer = _pointers[record];
        return (pointer.patient, pointer.categories);
    }

    // Internals

    /// @dev The only place where a record is made.
    function _register(Registration calldata registration, ProgrammeId programme, uint32 purpose) private {
        RecordId record = registration.record;
        require(record.isWellFormed(), InvalidRecordId(record));
        address custodian = record.custodian();
        _requireContributor(custodian);
        Status status = _pointers[record].status;
        require(status == Status.Unknown, RecordExists(record, status));
        _validate(registration);
        _requireCollectible(registration, custodian, programme, purpose);
        _pointers[record] = Pointer({
            patient: registration.patient,
            categories: registration.categories,
            version: 1,
            status: Status.Registered,
            contentHash: registration.contentHash
        });
        emit RecordRegistered(
            record,
            registration.patient,
            custodian,
            registration.categories,
            registration.contentHash,
            registration.sealedLocator,
            msg.sender
        );
    }

    function _validate(Registration calldata registration) private pure {
        uint64 categories = registration.categories;
        require(registration.patient != address(0), InvalidPatient(registration.patient));
        require(categories & Codes.KINDS != 0 && categories & ~Codes.CATEGORIES == 0, InvalidLabels(categories));
        require(registration.contentHash != 0, InvalidContentHash(registration.record));
    }

    function _requireCollectible(
        Registration calldata registration,
        address custodian,
        ProgrammeId programme,
        uint32 purpose
    ) private view {
        (Decision decision, , ) = consents.decide(
            IConsentRegistry.Request({
                patient: registration.patient,
                grantee: custodian,
                record: RecordId.wrap(0),
                programme: programme,
                categories: registration.categories & Codes.KINDS,
                purpose: purpose,
                action: Codes.COLLECT
            })
        );
        require(decision.isPermit(), CollectionNotPermitted(registration.record, decision));
    }

    /// @dev A registered record, if the caller may contribute for its custodian.
    function _editable(RecordId record) private view returns (Pointer storage pointer) {
        pointer = _pointers[record];
        require(pointer.status == Status.Registered, RecordUnknown(record));
        _requireContributor(record.custodian());
    }

    function _requireContributor(address custodian) private view {
        require(_providers.exercises(msg.sender, custodian, Ability.CONTRIBUTE), NotContributor(msg.sender, custodian));
    }

    /// @dev What a custodian does with what it keeps needs no consent: 45 CFR 164.506(c). A valid request has one purpose and
    /// one action; a custodian was listed when it registered the record, so it is active unless the decision says otherwise.
    function _isCustodial(Decision decision, uint32 purpose, uint8 action) private pure returns (bool) {
        return
            decision != Decision.InvalidRequest &&
            decision != Decision.GranteeNotActive &&
            purpose & Codes.CUSTODIAN_PURPOSES != 0 &&
            action != Codes.DISCLOSE;
    }
}
