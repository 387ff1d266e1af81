/** Placeholder until the dialog is here. */
export const WriteFirstDialog = () => null;
