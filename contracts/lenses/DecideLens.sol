// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {Decision} from "../types/Decision.sol";
import {Scope} from "../types/Scope.sol";
import {Lens} from "./Lens.sol";

/// @title `ConsentRegistry.decide` through a lens
contract DecideLens is Lens {
    constructor(IConsentRegistry consents, IConsentRegistry.Request memory request) {
        (Decision decision, address holder, Scope scope) = consents.decide(request);
        _answer(consents, request.patient, decision, holder, scope);
    }
}
