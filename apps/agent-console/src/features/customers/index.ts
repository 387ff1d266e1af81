/** Placeholder until the customer pages are here. */
export const CustomersPage = () => null;
/** Placeholder until the customer pages are here. */
export const CustomerPage = () => null;
