// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Codes} from "../../contracts/libraries/Codes.sol";
import {Terms, TermsLib} from "../../contracts/types/Terms.sol";

/// @notice Proven for every word: `Terms` is packed as its documentation says.
contract TermsProof {
    struct Fields {
        uint64 categories;
        uint32 purposes;
        uint8 actions;
        uint48 notBefore;
        uint48 expiresAt;
        uint48 issuedAt;
        uint8 flags;
    }

    function proveEveryFieldIsReadBack(Fields calldata fields) external pure {
        _assertFields(_pack(fields), fields);
    }

    function proveTheFieldsAreTheWholeWord(Terms terms) external pure {
        assert(Terms.unwrap(_pack(_fieldsOf(terms))) == Terms.unwrap(terms));
    }

    function proveStampingChangesOnlyTheStamp(Terms terms, uint48 stamp) external pure {
        Fields memory expected = _fieldsOf(terms);
        expected.issuedAt = stamp;
        _assertFields(terms.stampedAt(stamp), expected);
    }

    function proveATombstoneHasOnlyAStamp(uint48 stamp) external pure {
        Fields memory expected;
        expected.issuedAt = stamp;
        Terms tombstone = TermsLib.tombstone(stamp);
        _assertFields(tombstone, expected);
        assert(!tombstone.isGrant());
        assert(tombstone.isEmpty() == (stamp == 0));
    }

    function proveBreakGlassOpensToSeeAndToUse(uint64 opened, uint48 stamp, uint48 end) external pure {
        Fields memory expected = Fields(opened, Codes.BTG, Codes.ACCESS | Codes.USE, 0, end, stamp, 0);
        _assertFields(TermsLib.emergency(opened, stamp, end), expected);
    }

    function proveStartingChangesOnlyTheStart(Terms terms, uint48 start) external pure {
        Fields memory expected = _fieldsOf(terms);
        expected.notBefore = start;
        _assertFields(terms.startedAt(start), expected);
    }

    function proveNoGrantIsEmpty(Terms terms) external pure {
        assert(!(terms.isEmpty() && terms.isGrant()));
        assert(terms.isEmpty() == (Terms.unwrap(terms) == 0));
        assert(terms.isGrant() == (terms.categories() != 0));
    }

    function proveGrantableMeansDefinedBitsAndNoStamp(Terms terms) external pure {
        Fields memory fields = _fieldsOf(terms);
        bool expected =
            _isMask(fields.categories, Codes.CATEGORIES) &&
                _isMask(fields.purposes, Codes.PURPOSES) &&
                fields.purposes & Codes.BTG == 0 &&
                _isMask(fields.actions, Codes.ACTIONS) &&
                fields.issuedAt == 0 &&
                fields.flags <= 1;
        assert(terms.isGrantable() == expected);
    }

    function proveWhichRefusalAWordTellsOf(Terms terms) external pure {
        Fields memory fields = _fieldsOf(terms);
        assert(terms.refusedAt() == (fields.categories == 0 ? fields.issuedAt / 1000 : fields.notBefore));
    }

    function proveWhatEndsNarrowerGrants(Terms terms) external pure {
        Fields memory fields = _fieldsOf(terms);
        uint256 expected;
        if (fields.categories == 0) expected = fields.issuedAt;
        else if (fields.notBefore != 0) expected = uint256(fields.notBefore) * 1000 + 999;
        assert(terms.endsUntil() == expected);
    }

    function proveOfTwoWordsExactlyOneIsTheLast(Terms terms, Terms other) external pure {
        assert(!(terms.supersedes(other) && other.supersedes(terms)));
        assert(terms.supersedes(other) || other.supersedes(terms) || terms.equals(other));
    }

    function proveTheLastOfThreeWordsIsTheLastOfAny(Terms terms, Terms other, Terms third) external pure {
        if (terms.supersedes(other) && other.supersedes(third)) assert(terms.supersedes(third));
    }

    function proveANewerWordIsTheLastAndARefusalBeatsAGrant(Terms terms, Terms other) external pure {
        if (terms.issuedAt() > other.issuedAt()) assert(terms.supersedes(other));
        if (other.isGrant()) assert(TermsLib.tombstone(other.issuedAt()).supersedes(other));
    }

    function proveEqualMeansTheSameWord(Terms terms, Terms other) external pure {
        assert(terms.equals(other) == (Terms.unwrap(terms) == Terms.unwrap(other)));
    }

    function proveConditionalIsTheFirstFlag(Terms terms) external pure {
        assert(terms.isConditional() == ((Terms.unwrap(terms) >> 248) & 1 == 1));
    }

    // What the documentation of `Terms` says, written down a second time.

    function _pack(Fields memory fields) private pure returns (Terms) {
        return
            Terms.wrap(
                uint256(
                    bytes32(
                        abi.encodePacked(
                            fields.flags,
                            fields.issuedAt,
                            fields.expiresAt,
                            fields.notBefore,
                            fields.actions,
                            fields.purposes,
                            fields.categories
                        )
                    )
                )
            );
    }

    function _assertFields(Terms terms, Fields memory fields) private pure {
        assert(terms.categories() == fields.categories);
        assert(terms.purposes() == fields.purposes);
        assert(terms.actions() == fields.actions);
        assert(terms.notBefore() == fields.notBefore);
        assert(terms.expiresAt() == fields.expiresAt);
        assert(terms.issuedAt() == fields.issuedAt);
        assert(terms.flags() == fields.flags);
    }

    function _fieldsOf(Terms terms) private pure returns (Fields memory) {
        return
            Fields(
                terms.categories(),
                terms.purposes(),
                terms.actions(),
                terms.notBefore(),
                terms.expiresAt(),
                terms.issuedAt(),
                terms.flags()
            );
    }

    function _isMask(uint256 bits, uint256 defined) private pure returns (bool) {
        return bits != 0 && bits | defined == defined;
    }
}
