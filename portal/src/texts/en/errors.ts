/** Errors in the reader's words, by their codes; what is missing here is told in the SDK's words. */
export const errors = {
  unknown: "Something went wrong.",
  byCode: {
    Network: { message: "The network can't be reached.", hint: "Check your connection and try again." },
    Timeout: { message: "The network did not answer in time.", hint: "Try again." },
    UserRejected: { message: "You did not sign.", hint: "Nothing has changed." },
    WrongChain: { message: "Your wallet is on another network.", hint: "Switch the network in your wallet." },
    NoSigner: { message: "The wallet opened no account to this page.", hint: "Open one in the wallet and try again." },
    RelayerGone: {
      message: "The delivery service can't be reached.",
      hint: "What you signed is kept here and delivered as soon as it can be.",
    },
    InvalidSignature: {
      message: "The signature is not valid.",
      hint: "Copy or scan it once more, or have it signed anew.",
    },
    InvalidStatement: { message: "This is damaged, or something else.", hint: "Copy it whole, or scan it once more." },
    NotAcceptedBy: {
      message: "The new key has not agreed to take over these records.",
      hint: "Sign anew on the new device.",
    },
    NotControllerOf: { message: "Your key has no control of these records.", hint: "Use the key that has." },
    DeadlinePassed: { message: "This has expired.", hint: "Sign it anew." },
    StatementVoid: { message: "This was signed before control changed.", hint: "Sign it anew." },
    InvalidController: { message: "This key is in control already.", hint: "Give the address of the new key." },
    WrongGuardians: {
      message: "These are not the guardians in office.",
      hint: "Use the guardians' file that the patient saved last.",
    },
    NotGuardian: { message: "One who approved is none of the guardians.", hint: "Leave this approval out." },
    TooFewApprovals: { message: "Too few guardians have approved.", hint: "Ask more of them." },
    ApprovalsCancelled: { message: "The approvals were cancelled.", hint: "Propose the recovery anew." },
    RecoveryUnderWay: { message: "A recovery is under way already.", hint: "Complete it, or let it be cancelled." },
    NoRecovery: { message: "No recovery is under way.", hint: "It may have been cancelled or completed." },
    RecoveryNotReady: { message: "The recovery has not waited long enough.", hint: "Try again when it has." },
  },
};
