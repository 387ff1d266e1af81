/** Whether a text is a code of the hub, to be put into words, and not something that a person or a vendor wrote. */
export const isCode = (text: string): boolean => /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(text);
