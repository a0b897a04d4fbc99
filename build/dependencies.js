/** Loading it asks for `process.env`, for which Deno wants a permission and which pages do not have: so it is made part of the build. */
const bundled = ['immer'];

/**
 * A module of ours between each of these and those that import it. A bundler must take what loading a dependency does for an effect; the
 * chunk of these modules it may leave out, as `sideEffects` of package.json says.
 */
const between = {
  eventemitter3: "import { EventEmitter as it } from 'eventemitter3'; export const EventEmitter = it;",
  'fast-deep-equal': "import it from 'fast-deep-equal'; const equal = it; export { equal as default };",
};

/** Leaves dependencies and Node's modules outside of the build, but for those above. */
export const dependencies = {
  name: 'dependencies',
  resolveId(id, importer) {
    if (importer === undefined || id.startsWith('.') || bundled.includes(id)) return undefined;
    const module = `\0${id}`;
    return id in between && importer !== module ? module : { id, external: true };
  },
  load: (id) => between[id.slice(1)],
};

export const dependencyChunk = { name: 'dependencies', test: /^\0|node_modules/ };

/** The packages of which files in dist/ have a part: immer in all, the others in the browser's. */
export const licensed = [...bundled, ...Object.keys(between)];
