function input<const Name extends string, const Type extends string>(name: Name, type: Type) {
  return { name, type, internalType: type } as const;
}

function error<const Name extends string, const Inputs extends readonly object[]>(name: Name, ...inputs: Inputs) {
  return { type: "error", name, inputs } as const;
}

const operationId = /* @__PURE__ */ input("operationId", "bytes32");
const target = /* @__PURE__ */ input("target", "address");
const caller = /* @__PURE__ */ input("caller", "address");
const msgsender = /* @__PURE__ */ input("msgsender", "address");
const selector = /* @__PURE__ */ input("selector", "bytes4");
const roleId = /* @__PURE__ */ input("roleId", "uint64");

/** The errors that the contracts and the AccessManager take over from OpenZeppelin. */
export const abi = [
  error("AccessManagedUnauthorized", caller),
  error("AccessManagedRequiredDelay", caller, input("delay", "uint32")),
  error("AccessManagedInvalidAuthority", input("authority", "address")),
  error("AccessManagerAlreadyScheduled", operationId),
  error("AccessManagerNotScheduled", operationId),
  error("AccessManagerNotReady", operationId),
  error("AccessManagerExpired", operationId),
  error("AccessManagerLockedRole", roleId),
  error("AccessManagerLockedFunction", selector),
  error("AccessManagerBadConfirmation"),
  error("AccessManagerUnauthorizedAccount", msgsender, roleId),
  error("AccessManagerUnauthorizedCall", caller, target, selector),
  error("AccessManagerUnauthorizedConsume", target),
  error("AccessManagerUnauthorizedCancel", msgsender, caller, target, selector),
  error("AccessManagerInvalidInitialAdmin", input("initialAdmin", "address")),
  error("AddressEmptyCode", target),
  error("FailedCall"),
  error("InsufficientBalance", input("balance", "uint256"), input("needed", "uint256")),
  error("InvalidShortString"),
  error("StringTooLong", input("str", "string")),
  error("SafeCastOverflowedUintDowncast", input("bits", "uint8"), input("value", "uint256")),
] as const;
