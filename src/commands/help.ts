/** What `footbridge --help` prints. */
export const help = `footbridge: Amazon EventBridge inside your own process

Usage
  footbridge serve                       answer as EventBridge does, over HTTP
  footbridge put-events FILE             put events there
  footbridge tail [PATTERN]              watch the events that come in there
  footbridge explain EVENT               which rules of a template it reaches
  footbridge lint TEMPLATE …             what is wrong with its rules
  footbridge contracts                   do events and rules meet each other
  footbridge test-pattern PATTERN EVENT  does the event match, and if not, why
  footbridge demo                        send events through a bridge and watch
  footbridge COMMAND --help | --help | --version

Exit code
  0  as asked
  1  no: no match, an entry refused, a delivery that came to no end
  2  the input cannot be used; the reason is on standard error

What was asked for is on standard output, everything else on standard error.
Colour is for terminals only; NO_COLOR turns it off, FORCE_COLOR on.
`;

const endpointHelp = `  --endpoint URL  where the server is; otherwise what the variables
                  AWS_ENDPOINT_URL_EVENTBRIDGE and AWS_ENDPOINT_URL say, and
                  without them http://127.0.0.1:4010`;

const rulesHelp = `  --rules FILE …  templates of CloudFormation, SAM, CDK or Serverless, or what
                  terraform show -json prints; names or globs`;

const templateHelp = `  --parameter NAME=VALUE …
                  values of the templates' parameters, and of what only AWS or
                  other stacks know, by the name that the error gives
  --parameters FILE …
                  JSON files of such values: {"NAME":VALUE}, or a list with
                  ParameterKey and ParameterValue as for the AWS CLI
  --stack-name NAME, --account ID, --region REGION
                  what AWS::StackName, AWS::AccountId and AWS::Region are:
                  stack, 123456789012, us-east-1`;

/** What each command prints for `--help`. */
export const commandHelp = {
  serve: `footbridge serve: answer as EventBridge does, over HTTP

Usage
  footbridge serve [OPTIONS]

Prints the line that lets AWS SDKs and the AWS CLI find it, then each request
and what its events matched. Ctrl-C answers what was asked and delivers what is
under way, retries without their waits; a second Ctrl-C ends at once.

Options
  --port PORT            4010; 0 takes any that is free
  --host ADDRESS         127.0.0.1, which only this machine can reach
  --allow-host NAME …    names it may be asked by beside those of loopback, such
                         as host.docker.internal
  --bus NAME …           buses to create beside "default"
  --rules TEMPLATE …     templates whose buses, rules and archives to deploy; as
                         for footbridge explain, and so are --parameter,
                         --parameters and --stack-name; of several templates
                         each is a stack called as its file
  --account ID, --region REGION
                         of ARNs and events: 123456789012, us-east-1
  --watch                deploy a template again when its file has changed, and
                         new ones that a glob finds; what they have no more
                         leaves, connections and pending deliveries stay
  --lambda-endpoint URL  where to invoke the Lambda functions that are targets,
                         such as http://127.0.0.1:3001 of sam local start-lambda
  --log LOG              pretty; json, one document a line; none

Exit code
  0  ended by Ctrl-C, and everything was delivered or failed
  1  something came to no end
  2  the options or a template cannot be used, or the port is taken

  footbridge serve --rules template.yaml --watch \\
                   --lambda-endpoint http://127.0.0.1:3001
`,
  'put-events': `footbridge put-events: put events into a running server

Usage
  footbridge put-events FILE [OPTIONS]

FILE is a file, - for standard input, or JSON text. It holds an entry (Source,
DetailType, Detail as text or object), {"Entries": […]}, an event as it is
delivered (source, detail-type, detail), an array of these, or one a line.
They go ten to a request. Each gets a line: its number, what it is, and its id
or why it was refused.

Options
${endpointHelp}
  --explain       also say which rules each event matches, and why not others

Exit code
  0  every entry was accepted
  1  some were refused
  2  FILE cannot be used, or no server answers

  footbridge put-events event.json --explain
`,
  tail: `footbridge tail: watch the events that come in at a running server

Usage
  footbridge tail [PATTERN] [OPTIONS]

PATTERN is an event pattern: JSON text, a file, or - for standard input. Each
event that matches it, from now on, gets a line: its source, its detail-type,
and the rules it matched. Without a PATTERN refused entries get one too. Times
are UTC.

Options
${endpointHelp}
  --unmatched     only events that no rule wants, or that have no bus
  --json          the whole record, as one JSON document a line

Exit code
  0  ended by Ctrl-C
  1  the server has ended
  2  PATTERN cannot be used, or no server answers

  footbridge tail '{"source":["com.shop"]}' --unmatched
`,
  explain: `footbridge explain: what becomes of an event at the rules of a template

Usage
  footbridge explain EVENT --rules TEMPLATE … [OPTIONS]

EVENT is a file, - for standard input, or JSON text. It holds an event as it is
delivered, an entry or request of PutEvents, a message of SQS, SNS or
CloudWatch Logs with an event in it, an array of these, or one a line. For each
rule the answer is what its targets get, or everything that keeps the event
from it: the bus, the rule's state, and every difference from the pattern.

Options
${rulesHelp}
${templateHelp}
  --rule NAME …   only these rules, by logical id or name
  --bus NAME      the bus the event is put on; otherwise what the event says,
                  and without that "default"
  --strict        refuse an event that is not as EventBridge has it: members
                  that would be filled in, or taken for others
  --json          one JSON document: {"footbridge":1,"matches":…,"rules":[…]}

Exit code
  0  every event matches a rule; with --rule, every rule that was named
  1  one does not, or PutEvents would refuse it
  2  EVENT or TEMPLATE cannot be used

  footbridge explain event.json --rules template.yaml --rule BigOrder
`,
  lint: `footbridge lint: what is wrong with the rules of templates

Usage
  footbridge lint TEMPLATE … [OPTIONS]

TEMPLATE is a template of CloudFormation, SAM, CDK or Serverless, or what
terraform show -json prints; a name or a glob. Errors are what AWS refuses:
invalid patterns, schedules on other buses than "default", more than five
targets, wildcards too complex; and what cannot be checked, as only AWS knows
it. Warnings are what AWS accepts although it probably is a mistake: patterns
that never match, targets that do not let EventBridge in, open policies, and
so on. Templates may import what others of them export. See docs/lint.md.

Options
  --format FORMAT stylish; json; github, as annotations; sarif
  --ignore CODE … warnings to leave out, by their codes
  --enable CODE … warnings that are off unless asked for: no-dead-letter-queue
  --max-warnings N
                  exit code 1 for more warnings than these
${templateHelp}

Exit code
  0  no error
  1  errors, or more warnings than allowed
  2  a file cannot be read, or the options cannot be used

  footbridge lint 'services/*/template.yaml' cdk.out/*.template.json
`,
  contracts: `footbridge contracts: is every event wanted, and every rule met

Usage
  footbridge contracts --events FILE … --rules FILE … [OPTIONS]

Lists each event that no rule wants, and each rule that no event meets, with
the nearest and what differs. An event that names no bus is compared with the
rules of every bus. Schedules and disabled rules are left out.

Options
  --events FILE … the events that producers emit, as for footbridge explain;
                  names or globs
${rulesHelp}
${templateHelp}
  --json          one JSON document: {"footbridge":1,"ok":…,"unmatchedEvents":[…],…}

Exit code
  0  every event is wanted, and every rule is met
  1  some are not
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
  1  it does not
  2  PATTERN or EVENT cannot be used

  footbridge test-pattern '{"source":["com.shop"]}' event.json
`,
  demo: `footbridge demo: send events through a bridge and watch

Usage
  footbridge demo

Real requests go through the real client of @aws-sdk/client-eventbridge, which
must be installed, into a bridge in this process. Nothing leaves it.

Exit code
  0  all went as it should
  1  something did not
  2  the SDK is not installed
`,
} as const;
