import { parseAst } from 'rolldown/parseAst';

const mark = '/* @__PURE__ */ ';

/**
 * Tells bundlers of every value that a chunk makes when it is loaded that it can be left out where it is not used: a chunk holds many
 * modules, so that `sideEffects` of package.json no longer says so of each. What has effects by design is a statement of its own
 * (`expect.extend(matchers)`), and stays.
 */
export const annotatePure = {
  name: 'annotate-pure',
  renderChunk(code) {
    const inserted = [];
    for (const statement of parseAst(code).body) {
      if (statement.type === 'VariableDeclaration') {
        for (const { init } of statement.declarations) if (init) annotate(init, inserted);
      } else if (statement.type === 'ClassDeclaration') {
        const fields = statement.body.body.filter(({ type }) => type === 'PropertyDefinition');
        for (const { value } of fields.filter((field) => field.static)) if (value) annotate(value, inserted);
      }
    }
    let text = '';
    let done = 0;
    for (const { at, words } of inserted.sort((a, b) => a.at - b.at)) {
      text += code.slice(done, at) + words;
      done = at;
    }
    return text + code.slice(done);
  },
};

/** Calls get a mark each. Where that says too little, by rules of the bundlers' own, the whole value is made in a call. */
function annotate(value, inserted) {
  const calls = [];
  const isSaid = collect(value, calls);
  if (isSaid) inserted.push(...calls.map(({ start }) => ({ at: start, words: mark })));
  else inserted.push({ at: value.start, words: `${mark}(() => (` }, { at: value.end, words: '))()' });
}

/** Gathers the calls that are made when a value is made. Returns whether marks on these say that it is pure. */
function collect(node, calls) {
  if (Array.isArray(node)) return node.map((part) => collect(part, calls)).every(Boolean);
  if (typeof node !== 'object' || node === null) return true;
  switch (node.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'SpreadElement':
    case 'MemberExpression':
    case 'ChainExpression':
    case 'TaggedTemplateExpression':
    case 'TemplateLiteral':
      return node.type === 'TemplateLiteral' && node.expressions.length === 0;
    case 'CallExpression':
    case 'NewExpression':
      calls.push(node);
      return isPlain(node.callee) && collect(node.arguments, calls);
    default:
      return Object.values(node)
        .map((part) => collect(part, calls))
        .every(Boolean);
  }
}

/** A name, or a name of a name, such as `Object.freeze`. */
function isPlain(callee) {
  return callee.type === 'MemberExpression' ? isPlain(callee.object) : callee.type === 'Identifier';
}
