// `--swap` is for run.js alone: the other build goes first.
const switches = ['--json', '--quick', '--write', '--swap'];

/** What the command line asks for: names of scenarios, and how to run them. Throws for what it does not know. */
export function readOptions(args) {
  const options = { names: [], json: false, quick: false, write: false, swap: false, against: undefined };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (switches.includes(arg)) options[arg.slice(2)] = true;
    else if (arg === '--against') {
      options.against = args[++i];
      if (options.against === undefined) throw new Error('--against needs the dist folder of another build');
    } else if (arg.startsWith('-')) throw new Error(`${arg} is none of --json, --quick, --write, --against DIST`);
    else options.names.push(arg);
  }
  return options;
}
