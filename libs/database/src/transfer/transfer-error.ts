/** Why an export or an import was refused, in one sentence for the person at the keyboard. Nothing was changed. */
export class TransferRefused extends Error {
  override readonly name = 'TransferRefused';
}
