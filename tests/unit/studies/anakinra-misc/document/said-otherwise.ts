/**
 * Words of the messages of section 7 that the checks do not use, by their first five letters without accents. The document
 * names a fault; a check says what stands where, with the values put in, and what to do.
 */

/** Verdicts that no message passes on what a person entered, in any check. */
export const verdicts: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  en: [
    ...['accep', 'atypi', 'disag', 'error', 'excee', 'expec', 'impla', 'impos', 'incoh', 'incom'],
    ...['inver', 'large', 'missi', 'outsi', 'proba', 'range', 'requi', 'unusu', 'witho'],
  ],
  fr: [
    ...['absen', 'accep', 'atten', 'atypi', 'aucun', 'disco', 'impos', 'impro', 'incoh', 'incom', 'inhab'],
    ...['limit', 'manqu', 'proba'],
  ],
};

interface OtherWords {
  readonly en?: readonly string[];
  readonly fr?: readonly string[];
  /** What the message says in their place. */
  readonly instead: string;
}

export const saidOtherwise: Readonly<Record<string, OtherWords>> = {
  EC04: { en: ['young'], fr: ['jeune'], instead: 'the age at the first dose, below 8 months' },
  EC05: { en: ['below'], fr: ['infer', 'celui'], instead: 'the weight, and the 10 kg of the label' },
  EC10: { en: ['lengt'], instead: 'the days of the stay' },
  EC11: { en: ['onset'], fr: ['anter'], instead: 'the days from the first fever to admission' },
  EC14: { en: ['suppo'], instead: 'judged met, but not by the data' },
  EC17: { fr: ['semai'], instead: 'the days between the two weights' },
  EC23: { en: ['answe'], fr: ['repon'], instead: 'the answer itself' },
  EC27: { en: ['enter'], fr: ['saisi'], instead: 'asks whether it was reported in the other unit' },
  EC33: { fr: ['totau'], instead: 'the leukocytes, neutrophils and lymphocytes' },
  EC35: { fr: ['utili'], instead: 'type the sign before the number' },
  EC37: { en: ['refer'], instead: 'the local limits' },
  EC40: { en: ['statu'], instead: 'fasting or not' },
  EC44: { fr: ['chang'], instead: 'both fractions, and in a check of its own both methods' },
  EC47: { en: ['dysfu'], fr: ['dysfo'], instead: 'the ejection fraction' },
  EC50: { en: ['coron'], instead: 'the artery by name' },
  EC52: { en: ['syste', 'chang'], fr: ['modif'], instead: 'the two reference systems' },
  EC55: { fr: ['super'], instead: 'the dose, above 100 g' },
  EC56: {
    en: ['while', 'funct', 'depre'],
    fr: ['uniqu', 'malgr', 'dysfo'],
    instead: 'the dose beside the ejection fraction',
  },
  EC57: { en: ['codes'], fr: ['codes'], instead: 'the answers that stand beside it' },
  EC60: { en: ['stero'], instead: 'the drug by name' },
  EC67: { en: ['dosin', 'inter'], fr: ['inter'], instead: 'the hours between the two doses' },
  EC70: { fr: ['autre'], instead: 'the route itself' },
  EC71: { en: ['measu'], fr: ['diffe', 'mesur'], instead: 'both weights' },
  EC80: { en: ['recor'], fr: ['donne'], instead: 'where death is recorded and where not' },
  EC81: { fr: ['tardi'], instead: 'the hours from awareness to the report' },
  EC83: { en: ['recor'], fr: ['rense'], instead: 'the answer about shock' },
  EC86: { en: ['answe'], fr: ['echog'], instead: 'the sequelae and the fraction' },
  EC88: { en: ['dupli', 'resul'], fr: ['resul', 'doubl'], instead: 'the row that says the same' },
};
