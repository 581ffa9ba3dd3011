// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {Decision} from "../types/Decision.sol";
import {Scope} from "../types/Scope.sol";
import {Terms} from "../types/Terms.sol";

/**
 * @title A question and all that its answer needs, in one message to a node
 * @notice A lens is never deployed. Given to `eth_call` as creation code, without a recipient, it runs and returns an
 * `Answer` in the place of code. It can do no more than anybody who asks the contracts one by one.
 */
abstract contract Lens {
    /// @notice A decision, the word it rests on, and the block that a node answered at.
    struct Answer {
        uint256 chainId;
        uint256 blockNumber;
        uint256 timestamp;
        bytes32 parentHash;
        Decision decision;
        address holder;
        Scope scope;
        /// The word as it stands; zero where none decided.
        Terms terms;
    }

    /// @dev Ends the construction: what comes back is no code, but the answer.
    function _answer(
        IConsentRegistry consents,
        address patient,
        Decision decision,
        address holder,
        Scope scope
    ) internal view {
        Terms terms = holder == address(0) ? Terms.wrap(0) : consents.termsOf(patient, holder, scope);
        bytes32 parentHash = blockhash(block.number - 1);
        Answer memory answer = Answer(
            block.chainid,
            block.number,
            block.timestamp,
            parentHash,
            decision,
            holder,
            scope,
            terms
        );
        bytes memory encoded = abi.encode(answer);
        assembly ("memory-safe") {
            return(add(encoded, 0x20), mload(encoded))
        }
    }
}
