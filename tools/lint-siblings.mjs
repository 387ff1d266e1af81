import { readdirSync } from 'node:fs';
import path from 'node:path';

const isFolder = (parent, name) => readdirSync(parent, { withFileTypes: true }).some((entry) => entry.isDirectory() && entry.name === name);

/** The first folder of `file` below `parent`, or undefined where the file lies directly in `parent` or outside of it. */
function folderBelow(parent, file) {
  const [first, ...rest] = path.relative(parent, file).split(path.sep);
  if (first === '..' || first === undefined || first === '') return undefined;
  return rest.length > 0 || isFolder(parent, first) ? first : undefined;
}

/**
 * Forbids an import from one folder of `parent` into the folder beside it, so that each can be deleted without touching the other.
 * Options: `parent` (from the root of the workspace) and `shared`, the folders that every sibling may use.
 */
const noSiblings = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { parent: { type: 'string' }, shared: { type: 'array', items: { type: 'string' } } } }],
    messages: { sibling: '{{ from }} may not import its sibling {{ to }}: move what both need to a place that is meant for it.' },
  },
  create(context) {
    const [{ parent, shared = [] }] = context.options;
    const root = path.join(import.meta.dirname, '..', parent);
    const from = folderBelow(root, context.filename);
    if (!from || shared.includes(from)) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const to = folderBelow(root, path.resolve(path.dirname(context.filename), source));
      if (to && to !== from && !shared.includes(to)) context.report({ node, messageId: 'sibling', data: { from, to } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

export default { rules: { 'no-siblings': noSiblings } };
