/** Placeholder until the page is here. */
export const SettingsPage = () => null;
