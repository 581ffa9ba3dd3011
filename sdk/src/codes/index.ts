export { actionsFromBits, actionsToBits, allActions, describeAction, toAction } from "./actions.js";
export {
  allCategories,
  categoriesFromBits,
  categoriesToBits,
  type CategoryInfo,
  describeCategory,
  findCategory,
  isPlainLabel,
  isSensitivity,
  toCategory,
} from "./categories.js";
export { anyPurpose, expandPurposes, familyMembers, familyOf, requestedPurpose } from "./families.js";
export {
  allPurposes,
  describePurpose,
  type PurposeInfo,
  purposesFromBits,
  purposesToBits,
  toPurpose,
} from "./purposes.js";
export type { Action, Category, CodeInfo, CodeInput, Coding, Purpose, PurposeFamily } from "./types.js";
