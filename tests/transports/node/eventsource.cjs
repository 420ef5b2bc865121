// npm's EventSource: prints each message as a line of JSON.
const { EventSource } = require("eventsource");
const print = (message) => process.stdout.write(JSON.stringify(message) + "\n");
const source = new EventSource(process.argv[2]);
source.onmessage = (event) => print(JSON.parse(event.data));
source.onerror = (error) => {
  if (error.code) { print({ type: "error", data: { code: error.code === 404 ? "not_found" : error.code === 400 ? "unknown_topic" : "unreachable" } }); }
  if (source.readyState === 2 || !error.code) { process.exit(0); }
};
