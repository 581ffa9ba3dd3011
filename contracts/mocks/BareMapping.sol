// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/**
 * @notice The floor of the gas bench: each operation reduced to the slots, the event and the signature without which it
 * could not be, and no rule at all. Never deployed but to measure.
 */
contract BareMapping {
    struct Word {
        address grantee;
        uint256 word;
    }

    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    mapping(address patient => mapping(address grantee => uint256 word)) public words;
    mapping(address patient => uint256 time) public voidings;
    mapping(bytes32 record => uint256 header) public headers;
    mapping(bytes32 record => bytes32 contentHash) public hashes;
    mapping(bytes32 root => uint256 time) public anchors;

    event Said(address indexed patient, address indexed grantee, uint256 word);
    event Voided(address indexed patient);
    event Registered(bytes32 indexed record, uint256 header, bytes32 contentHash);
    event Accessed(bytes32 indexed record, address indexed grantee, uint256 access);
    event Anchored(address indexed custodian, bytes32 root);

    error NotSigned();

    function set(address grantee, uint256 word) external {
        _set(msg.sender, grantee, word);
    }

    function setMany(Word[] calldata all) external {
        _setMany(msg.sender, all);
    }

    function setBySig(address patient, Word calldata said, Signature calldata signature) external {
        _requireSigned(patient, keccak256(abi.encode(said)), signature);
        _set(patient, said.grantee, said.word);
    }

    function setManyBySig(address patient, Word[] calldata all, Signature calldata signature) external {
        _requireSigned(patient, keccak256(abi.encode(all)), signature);
        _setMany(patient, all);
    }

    function voidAll() external {
        voidings[msg.sender] = block.timestamp;
        emit Voided(msg.sender);
    }

    function register(bytes32 record, uint256 header, bytes32 contentHash) external {
        headers[record] = header;
        hashes[record] = contentHash;
        emit Registered(record, header, contentHash);
    }

    function log(bytes32 record, uint256 access) external {
        emit Accessed(record, msg.sender, access);
    }

    function anchor(bytes32 root) external {
        anchors[root] = block.timestamp;
        emit Anchored(msg.sender, root);
    }

    function verify(bytes32 root, bytes32 leaf, bytes32[] calldata proof) external view returns (bool) {
        return anchors[root] != 0 && MerkleProof.verifyCalldata(proof, root, leaf);
    }

    function _setMany(address patient, Word[] calldata all) private {
        for (uint256 i = 0; i < all.length; ++i) _set(patient, all[i].grantee, all[i].word);
    }

    function _set(address patient, address grantee, uint256 word) private {
        words[patient][grantee] = word;
        emit Said(patient, grantee, word);
    }

    function _requireSigned(address patient, bytes32 digest, Signature calldata signature) private pure {
        if (ecrecover(digest, signature.v, signature.r, signature.s) != patient) revert NotSigned();
    }
}
