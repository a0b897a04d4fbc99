/** What `footbridge --help` prints. */
export const help = `footbridge: Amazon EventBridge inside your own process

Usage
  footbridge demo                        send events through a bridge and watch
  footbridge test-pattern PATTERN EVENT  does the event match, and if not, why
  footbridge --help | --version

PATTERN and EVENT are each JSON text, the name of a file, or - for standard
input. EVENT is an event as a target receives it: source, detail-type, detail.

  footbridge test-pattern '{"source":["com.shop"]}' event.json

Exit code
  0  it matches; the demonstration went as it says
  1  it does not match; the demonstration did not
  2  the input cannot be used; the reason is on standard error

Colour is for terminals only; NO_COLOR turns it off.
`;
