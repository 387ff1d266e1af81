/** Whether everything that starts has started. Before that the hub listens, but is not ready; a hub that leaves is not ready either. */
export class Startup {
  done = false;
}
