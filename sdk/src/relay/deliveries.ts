import { NotDeliverableError } from "../errors/signing.js";
import type { StatementType } from "../signing/types.js";
import { consentDeliveries } from "./consents.js";
import { controlDeliveries } from "./control.js";
import type { Deliveries, Delivery } from "./delivery.js";
import { recoveryDeliveries } from "./recovery.js";

const deliveries: Deliveries = { ...consentDeliveries, ...controlDeliveries, ...recoveryDeliveries };

/** What those statements go along with that can't be delivered alone. */
const HINTS: Readonly<Partial<Record<StatementType, string>>> = {
  AcceptControl: "Hand it to the present controller, who passes it to `patients.transferControl`.",
  ApproveRecovery: "Pass the approvals of enough guardians to `patients.startRecovery`.",
};

/** How a statement is delivered; throws {@link NotDeliverableError} for one that only goes along with another. */
export function deliveryOf<Type extends StatementType>(type: Type): Delivery<Type> {
  const delivery = deliveries[type];
  if (delivery === undefined) throw new NotDeliverableError(type, HINTS[type] ?? "It goes along with another call.");
  return delivery;
}
