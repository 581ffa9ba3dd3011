// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";

/// @notice A wallet (ERC-1271) and a verifier (ERC-7913) in one that answers as it was told to, whatever it is asked.
contract Misbehaving is IERC1271, IERC7913SignatureVerifier {
    enum Manner {
        Refuses,
        Reverts,
        BurnsGas,
        AnswersNothing,
        AnswersZero,
        AnswersTrue,
        AnswersOther,
        AnswersSelectorLow,
        AnswersAnything,
        AnswersYes
    }

    error NotToday();

    Manner private immutable _manner;

    constructor(Manner manner) {
        _manner = manner;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        _answer(IERC1271.isValidSignature.selector, IERC7913SignatureVerifier.verify.selector);
    }

    /// @inheritdoc IERC7913SignatureVerifier
    function verify(bytes calldata, bytes32, bytes calldata) external view returns (bytes4) {
        _answer(IERC7913SignatureVerifier.verify.selector, IERC1271.isValidSignature.selector);
    }

    /// @param right The answer that means yes.
    /// @param other The one that means yes to another question.
    function _answer(bytes4 right, bytes4 other) private view {
        Manner manner = _manner;
        if (manner == Manner.Reverts) revert NotToday();
        // solhint-disable-next-line no-empty-blocks
        while (manner == Manner.BurnsGas) {}
        if (manner == Manner.AnswersNothing) _return("");
        if (manner == Manner.AnswersZero) _return(new bytes(32));
        if (manner == Manner.AnswersTrue) _return(abi.encode(true));
        if (manner == Manner.AnswersOther) _return(abi.encode(other));
        if (manner == Manner.AnswersSelectorLow) _return(abi.encode(uint256(uint32(right))));
        if (manner == Manner.AnswersAnything) _return(abi.encodePacked(right, uint224(1)));
        if (manner == Manner.AnswersYes) _return(abi.encode(right));
        _return(abi.encode(bytes4(0xffffffff)));
    }

    function _return(bytes memory answer) private pure {
        assembly ("memory-safe") {
            return(add(answer, 0x20), mload(answer))
        }
    }
}
