export { signaturesFor } from "./groups.js";
export { movingBetween } from "./movingBetween.js";
export type {
  CarriedConsent,
  CarriedRefusal,
  CarriedRepresentative,
  DeliveryOptions,
  Moving,
  MovingDecision,
  MovingPlan,
  MovingQuestion,
  PlanOptions,
  SignPlanOptions,
} from "./types.js";
