// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../interfaces/IRecordRegistry.sol";
import {Decision} from "../types/Decision.sol";
import {ProgrammeId, RecordId, Scope} from "../types/Scope.sol";
import {Lens} from "./Lens.sol";

/// @title `RecordRegistry.decideRecord` through a lens
contract DecideRecordLens is Lens {
    constructor(
        IRecordRegistry records,
        address grantee,
        RecordId record,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action
    ) {
        (Decision decision, address holder, Scope scope, address patient, ) = records.decideRecord(
            grantee,
            record,
            programme,
            purpose,
            action
        );
        _answer(records.consents(), patient, decision, holder, scope);
    }
}
