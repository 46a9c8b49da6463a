/** Where a value stands in a document: keys and indexes from the root. */
export type JsonPath = readonly (string | number)[];
