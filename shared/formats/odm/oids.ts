/** Object identifiers of an ODM file: the ids of the definition behind a prefix that says what they name. */

export const studyOid = (study: string): string => `S.${study}`;
export const versionOid = (version: string): string => `MDV.${version}`;
export const eventOid = (event: string): string => `SE.${event}`;
export const formOid = (form: string): string => `F.${form}`;
export const groupOid = (form: string, group: string): string => `IG.${form}.${group}`;
export const itemOid = (item: string, part = ''): string => `IT.${item}${part}`;
export const unitOid = (unit: string): string => `MU.${unit}`;
export const codeListOid = (list: string): string => `CL.${list}`;
export const conditionOid = (of: string): string => `COND.${of}`;
export const methodOid = (item: string): string => `MT.${item}`;
export const userOid = (user: string): string => `USR.${user}`;
export const locationOid = (site: string): string => `LOC.${site}`;
export const signatureDefOid = (meaning: string): string => `SD.${meaning}`;

/** Lists that the format brings along: no id of a definition begins with "_". */
export const relationList = codeListOid('_RELATION');
export const flagList = codeListOid('_FLAG');
export const formStateList = codeListOid('_FORMSTATE');
