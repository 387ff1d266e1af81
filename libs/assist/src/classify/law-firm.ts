/** A mail as it is read for the marks of a law firm. */
export interface Letter {
  readonly senderName: string | null;
  readonly senderAddress: string;
  readonly subject: string | null;
  readonly text: string;
}

// Who writes: a firm names itself. "LLP" and "Esq." are lawyers' alone; 律师事务所 and 律所 are as well.
const FIRM =
  /律师事务所|律師事務所|律所|\b(?:law (?:firm|office|offices|group|chambers)|attorneys?(?: at law)?|solicitors?|barristers?|LLP|esq)\b/i;
const FIRM_ADDRESS = /@(?:[\w-]+\.)*[\w-]*(?:law(?!n)|legal|attorney|solicitor|lvshi)[\w-]*\./i;
// What they write: that they speak for somebody.
const SPEAKS =
  /受(?:[^，。,.]{1,20})?(?:委托|委託)|代理人|委托代理|授权委托书|律师函|\b(?:we|i|this firm|our office) (?:represent|act (?:for|on behalf of)|have been (?:retained|instructed))\b|\bletter of representation\b|\bour client\b/i;

/**
 * Whether a letter looks like a law firm's: the sender is one by name or address, or a firm's words and the words of somebody who speaks for another
 * stand in it together. A suggestion that a person confirms; "my lawyer says …" from a customer is none.
 */
export function looksLikeLawFirm({ senderName, senderAddress, subject, text }: Letter): boolean {
  const words = `${subject ?? ''}\n${text}`;
  return FIRM.test(senderName ?? '') || FIRM_ADDRESS.test(senderAddress) || (FIRM.test(words) && SPEAKS.test(words));
}
