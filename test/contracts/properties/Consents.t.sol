// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision} from "../../../contracts/types/Decision.sol";
import {Actors} from "./Actors.sol";

/**
 * @notice A long story of many actors, held against their own ledger at every step. All properties are checked in one
 * campaign, as it is the story that costs time; each failure names its property. docs/properties.md explains them.
 */
contract ConsentsTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Actors private _actors;

    function setUp() external {
        _actors = new Actors();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_actors);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(_actors), new bytes4[](1));
        excluded[0].selectors[0] = Actors.closeBooks.selector;
    }

    function invariant_consentsAreWhatPatientsSaid() external view {
        _onlyThePatientsWordPermits();
        _whatIsWithdrawnPermitsNothing();
        _theLastWordWins();
        _noRoleWritesOrHinders();
        _theLogSaysWhatHappened();
    }

    function afterInvariant() external {
        _actors.closeBooks();
        _wordsNeverTouchEachOther();
        _theLogSaysWhatHappened();
    }

    /// @notice The same story, long enough for every answer: what is never asked for holds by nothing.
    function test_theStoryReachesEveryAnswer() external {
        for (uint256 i = 0; i < 6000; ++i) {
            _step(uint256(keccak256(abi.encode(i))));
        }
        for (uint8 i = 0; i <= uint8(type(Decision).max); ++i) {
            Decision decision = Decision(i);
            // Questions that make no sense, and the records' own answer, have tests of their own.
            if (decision == Decision.InvalidRequest || decision == Decision.PermitCustodian) continue;
            require(_actors.answers(decision) > 5, "an answer that is hardly ever given");
        }
    }

    function _step(uint256 seed) private {
        uint256 what = seed % 9;
        if (what < 2) _actors.speak(seed);
        else if (what == 2) _actors.sign(seed);
        else if (what == 3) _actors.deliver(seed);
        else if (what == 4) _actors.forge(seed);
        else if (what == 5) _actors.command(seed);
        else if (what == 6) _actors.breakGlass(seed);
        else if (what == 7) _actors.govern(seed);
        else _actors.wait(seed);
    }

    function _onlyThePatientsWordPermits() private view {
        _holds(1, "Property 1: ");
    }

    function _whatIsWithdrawnPermitsNothing() private view {
        _holds(2, "Property 2: ");
    }

    function _wordsNeverTouchEachOther() private view {
        _holds(3, "Property 3: ");
    }

    function _theLastWordWins() private view {
        _holds(4, "Property 4: ");
    }

    function _noRoleWritesOrHinders() private view {
        _holds(5, "Property 5: ");
    }

    function _theLogSaysWhatHappened() private view {
        _holds(6, "Property 6: ");
    }

    function _holds(uint256 property, string memory name) private view {
        string memory how = _actors.broken(property);
        require(bytes(how).length == 0, string.concat(name, how));
    }
}
