// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {Codes} from "./libraries/Codes.sol";
import {Decision} from "./types/Decision.sol";
import {Header, HeaderLib, Pointer, Status} from "./types/Pointer.sol";
import {Ability} from "./types/Provider.sol";
import {NO_RECORD, NO_SCOPE, ProgrammeId, RecordId, Scope} from "./types/Scope.sol";

contract RecordRegistry is IRecordRegistry {
    /// @inheritdoc IRecordRegistry
    IConsentRegistry public immutable consents;

    IProviderRegistry private immutable _providers;

    mapping(RecordId => Header) private _headers;
    mapping(RecordId => bytes32) private _contentHashes;

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
        Header header = _editable(record);
        require(contentHash != 0, InvalidContentHash(record));
        require(header.version() != type(uint24).max, TooManyVersions(record));
        uint24 version = header.version() + 1;
        _headers[record] = HeaderLib.pack(header.patient(), header.categories(), version);
        _contentHashes[record] = contentHash;
        emit RecordAmended(record, version, contentHash, msg.sender);
        _seal(record, sealedLocator);
    }

    /// @inheritdoc IRecordRegistry
    function addLabels(RecordId record, uint64 categories) external {
        Header header = _editable(record);
        require(categories != 0 && categories & ~Codes.CATEGORIES == 0, InvalidLabels(categories));
        uint64 all = header.categories() | categories;
        if (all == header.categories()) return;
        _headers[record] = HeaderLib.pack(header.patient(), all, header.version());
        emit LabelsAdded(record, all, msg.sender);
    }

    /// @inheritdoc IRecordRegistry
    function erase(RecordId record) external {
        _editable(record);
        _headers[record] = HeaderLib.ERASED;
        delete _contentHashes[record];
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
    ) external view returns (Decision decision, address holder, Scope scope, address patient, uint64 categories) {
        Header header = _headers[record];
        (patient, categories) = (header.patient(), header.categories());
        if (patient == address(0)) return (Decision.NoConsent, address(0), NO_SCOPE, address(0), 0);
        (decision, holder, scope) = consents.decide(
            IConsentRegistry.Request(patient, grantee, record, programme, purpose, categories, action)
        );
        if (grantee == record.custodian() && _isCustodial(decision, purpose, action)) {
            (decision, holder, scope) = (Decision.PermitCustodian, address(0), NO_SCOPE);
        }
    }

    // Views

    /// @inheritdoc IRecordRegistry
    function pointerOf(RecordId record) external view returns (Pointer memory) {
        Header header = _headers[record];
        return
            Pointer(header.patient(), header.categories(), header.version(), header.status(), _contentHashes[record]);
    }

    // Internals

    /// @dev The only place where a record is made.
    function _register(Registration calldata registration, ProgrammeId programme, uint32 purpose) private {
        (RecordId record, address patient) = (registration.record, registration.patient);
        (uint64 categories, bytes32 contentHash) = (registration.categories, registration.contentHash);
        require(record.isWellFormed(), InvalidRecordId(record));
        address custodian = record.custodian();
        _requireContributor(custodian);
        Status status = _headers[record].status();
        require(status == Status.Unknown, RecordExists(record, status));
        require(patient != address(0), InvalidPatient(patient));
        require(categories & Codes.KINDS != 0 && categories & ~Codes.CATEGORIES == 0, InvalidLabels(categories));
        require(contentHash != 0, InvalidContentHash(record));
        (Decision decision, , ) = consents.decide(
            IConsentRegistry.Request({
                patient: patient,
                grantee: custodian,
                record: NO_RECORD,
                programme: programme,
                purpose: purpose,
                categories: categories & Codes.KINDS,
                action: Codes.COLLECT
            })
        );
        require(_isCollectible(decision, custodian), CollectionNotPermitted(record, decision));
        _headers[record] = HeaderLib.pack(patient, categories, 1);
        _contentHashes[record] = contentHash;
        emit RecordRegistered(record, patient, custodian, categories, contentHash, msg.sender);
        _seal(record, registration.sealedLocator);
    }

    function _seal(RecordId record, bytes calldata sealedLocator) private {
        if (sealedLocator.length != 0) emit LocatorSealed(record, sealedLocator);
    }

    /// @dev The header of a registered record, if the caller may contribute for its custodian.
    function _editable(RecordId record) private view returns (Header header) {
        header = _headers[record];
        require(header.status() == Status.Registered, RecordUnknown(record));
        _requireContributor(record.custodian());
    }

    function _requireContributor(address custodian) private view {
        require(_providers.empowers(custodian, msg.sender, Ability.CONTRIBUTE), NotContributor(msg.sender, custodian));
    }

    /// @dev A member of an organization must not collect because the organization's key is the patient's.
    function _isCollectible(Decision decision, address custodian) private view returns (bool) {
        return decision == Decision.Permit || (decision == Decision.PermitSelf && msg.sender == custodian);
    }

    /// @dev What a custodian does with what it keeps needs no consent: 45 CFR 164.506(c). A valid request has one purpose and
    /// one action; a custodian was listed when it registered the record, so it is active unless the decision says otherwise.
    /// PermitSelf says nothing about that, and a permit of the patient is the better reason.
    function _isCustodial(Decision decision, uint32 purpose, uint8 action) private pure returns (bool) {
        return
            !decision.isPermit() &&
            decision != Decision.InvalidRequest &&
            decision != Decision.GranteeNotActive &&
            purpose & Codes.CUSTODIAN_PURPOSES != 0 &&
            action != Codes.DISCLOSE;
    }
}
