/** What `footbridge --help` prints. */
export const help = `footbridge: Amazon EventBridge inside your own process

Usage
  footbridge serve                       run EventBridge over HTTP
  footbridge put-events FILE             send events to that server
  footbridge tail [PATTERN]              watch the events it accepts
  footbridge explain EVENT               which rules of a template it matches
  footbridge lint TEMPLATE …             find mistakes in rules
  footbridge contracts                   compare events with the rules for them
  footbridge test-pattern PATTERN EVENT  does the event match, and if not, why
  footbridge demo                        send events through a bridge and watch
  footbridge COMMAND --help | --help | --version

Exit code
  0  success, or yes
  1  no: no match, a rejected entry, an error found
  2  the input cannot be used; the reason is on standard error

Results are on standard output, everything else is on standard error. Terminals
get colour; NO_COLOR turns it off, FORCE_COLOR on.
`;

const endpointHelp = `  --endpoint URL  the server; by default the variables
                  AWS_ENDPOINT_URL_EVENTBRIDGE or AWS_ENDPOINT_URL, or
                  http://127.0.0.1:4010`;

const rulesHelp = `  --rules FILE …  templates of CloudFormation, SAM, CDK or Serverless, or the
                  output of terraform show -json; names or globs`;

const templateHelp = `  --parameter NAME=VALUE …
                  values of parameters, and values that only AWS or other
                  stacks know, by the name in the error message
  --parameters FILE …
                  JSON files of such values: {"NAME":VALUE}, or a list with
                  ParameterKey and ParameterValue as for the AWS CLI
  --stack-name NAME, --account ID, --region REGION
                  AWS::StackName, AWS::AccountId and AWS::Region; by default
                  stack, 123456789012 and us-east-1`;

/** What each command prints for `--help`. */
export const commandHelp = {
  serve: `footbridge serve: run EventBridge over HTTP

Usage
  footbridge serve [OPTIONS]

Prints the line that points AWS SDKs and the AWS CLI to the server, then each
request and what its events matched. Ctrl-C stops the server after it has
finished pending requests and deliveries, with retries at once; a second Ctrl-C
stops it immediately.

Options
  --port PORT            4010; 0 for any free port
  --host ADDRESS         127.0.0.1, which only this machine can reach
  --allow-host NAME …    more host names that clients may use, such as
                         host.docker.internal
  --allow-origin URL …   origins of web pages that may change state, such as
                         http://localhost:5173
  --bus NAME …           buses to create in addition to "default"
  --rules TEMPLATE …     templates to deploy: buses, rules and archives; as for
                         footbridge explain, with --parameter, --parameters and
                         --stack-name. With several templates each is a stack
                         named after its file
  --account ID, --region REGION
                         for ARNs and events: 123456789012, us-east-1
  --watch                deploy a template again when its file changes, and new
                         files that a glob matches; connections and pending
                         deliveries remain
  --lambda-endpoint URL  where to invoke the Lambda functions that are targets,
                         such as http://127.0.0.1:3001 of sam local start-lambda
  --replay-delay TIME    how long a replay is STARTING, such as 60s, which is
                         about what AWS takes; 0s
  --log LOG              pretty; json, one document a line; none

Exit code
  0  stopped by Ctrl-C, and every delivery ended
  1  a delivery did not end
  2  the options or a template cannot be used, or the port is taken

  footbridge serve --rules template.yaml --watch \\
                   --lambda-endpoint http://127.0.0.1:3001
`,
  'put-events': `footbridge put-events: send events to a running server

Usage
  footbridge put-events FILE [OPTIONS]

FILE is a file, - for standard input, or JSON text. It holds an entry (Source,
DetailType, Detail as text or object), {"Entries": […]}, an event (source,
detail-type, detail), an array of these, or one a line. Ten entries go into a
request. For each a line is printed: its number, source, detail-type, and its
id or why it was rejected.

Options
${endpointHelp}
  --explain       also print which rules each event matches, and why not others

Exit code
  0  every entry was accepted
  1  an entry was rejected
  2  FILE cannot be used, or no server answers

  footbridge put-events event.json --explain
`,
  tail: `footbridge tail: watch the events that a running server accepts

Usage
  footbridge tail [PATTERN] [OPTIONS]

PATTERN is an event pattern: JSON text, a file, or - for standard input. For
each event that matches it, from now on, a line is printed: its source, its
detail-type, and the rules it matched. Without a PATTERN rejected entries are
printed too. Times are UTC.

Options
${endpointHelp}
  --unmatched     only events that match no rule, or whose bus does not exist
  --json          the whole record, as one JSON document a line

Exit code
  0  stopped by Ctrl-C
  1  the server stopped
  2  PATTERN cannot be used, or no server answers

  footbridge tail '{"source":["com.shop"]}' --unmatched
`,
  explain: `footbridge explain: which rules of a template an event matches, and why

Usage
  footbridge explain EVENT --rules TEMPLATE … [OPTIONS]

EVENT is a file, - for standard input, or JSON text. It holds an event, an entry
or request of PutEvents, a message of SQS, SNS or CloudWatch Logs with an event
in it, an array of these, or one a line. For each rule the output is what its
targets receive, or every reason why the event does not match: the bus, the
rule's state, and each difference from the pattern.

Options
${rulesHelp}
${templateHelp}
  --rule NAME …   only these rules, by logical id or name
  --bus NAME      the bus of the event; by default the one that the event names,
                  or "default"
  --strict        reject an event with missing or misspelled members, which
                  otherwise get defaults or are corrected
  --json          one JSON document: {"footbridge":1,"matches":…,"rules":[…]}

Exit code
  0  every event matches a rule; with --rule, every rule that was named
  1  an event does not match, or PutEvents would reject it
  2  EVENT or TEMPLATE cannot be used

  footbridge explain event.json --rules template.yaml --rule BigOrder
`,
  lint: `footbridge lint: find mistakes in the rules of templates

Usage
  footbridge lint TEMPLATE … [OPTIONS]

TEMPLATE is a template of CloudFormation, SAM, CDK or Serverless, or the output
of terraform show -json; a name or a glob. Errors are what AWS rejects:
invalid patterns, schedules on other buses than "default", more than five
targets, wildcards that are too complex; and values that cannot be checked
because only AWS knows them. Warnings are probable mistakes that AWS accepts:
patterns that never match, targets that do not allow EventBridge, open
policies and so on. Templates may import what others of them export. See
docs/lint.md.

Options
  --format FORMAT stylish; json; github, as annotations; sarif
  --ignore CODE … warnings to leave out, by their codes
  --enable CODE … warnings that are off unless asked for: no-dead-letter-queue
  --max-warnings N
                  exit code 1 for more warnings than these
${templateHelp}

Exit code
  0  no errors
  1  errors, or more warnings than allowed
  2  a file cannot be read, or the options cannot be used

  footbridge lint 'services/*/template.yaml' cdk.out/*.template.json
`,
  contracts: `footbridge contracts: find events without a rule, and rules without an event

Usage
  footbridge contracts --events FILE … --rules FILE … [OPTIONS]

Lists each event that matches no rule and each rule that matches no event, with
the nearest one and what differs. An event that names no bus is compared with
the rules of every bus. Schedules and disabled rules are left out.

Options
  --events FILE … the events that producers send, as for footbridge explain;
                  names or globs
${rulesHelp}
${templateHelp}
  --json          one JSON document: {"footbridge":1,"ok":…,"unmatchedRules":…}

Exit code
  0  every event matches a rule, and every rule matches an event
  1  some do not
  2  a file cannot be used

  footbridge contracts --events 'services/*/contracts/*.ndjson' \\
                       --rules 'services/*/template.yaml'
`,
  'test-pattern': `footbridge test-pattern: does the event match, and if not, why

Usage
  footbridge test-pattern PATTERN EVENT

PATTERN and EVENT are each JSON text, the name of a file, or - for standard
input. EVENT is an event as a target receives it: source, detail-type, detail.

Exit code
  0  it matches
  1  it does not match
  2  PATTERN or EVENT cannot be used

  footbridge test-pattern '{"source":["com.shop"]}' event.json
`,
  demo: `footbridge demo: send events through a bridge and watch

Usage
  footbridge demo

Sends requests with the client of @aws-sdk/client-eventbridge, which must be
installed, into a bridge in this process. It uses no network.

Exit code
  0  every check passed
  1  a check failed
  2  the SDK is not installed
`,
} as const;
