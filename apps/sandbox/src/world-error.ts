/** Somebody asked for something that the box cannot do. The message is for the developer who asked. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}
