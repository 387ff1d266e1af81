/** Placeholder until the page is here. */
export const TasksPage = () => null;
