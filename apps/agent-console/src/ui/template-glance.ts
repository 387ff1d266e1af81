/** What a template is called, without the `/word` by which it is found: that stands beside it. */
export const templateName = (title: string): string => title.replace(/^\/\S+\s+/, '');

/** The text of a template as one reads it over: fields by their names, of two wordings the first. */
export const templateGlance = (body: string): string =>
  body
    .replace(/\{%-?\s*(?:else|elsif)\b[\s\S]*?\{%-?\s*endif\s*-?%\}/g, '')
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{-?\s*([\w.]+)[\s\S]*?\}\}/g, '‹$1›')
    .replace(/\s+/g, ' ')
    .trim();
