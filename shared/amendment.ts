/** A newer definition of the study that a site is run by: what differs, and what it would do to what is recorded. */
export {
  compareStudies,
  definitionParts,
  type DefinitionChange,
  type DefinitionPart,
} from './amendment/compare.ts';
export { impactOn, isTouched, type Impact } from './amendment/impact.ts';
export { findLosses, type Loss, type LossCause } from './amendment/losses.ts';
