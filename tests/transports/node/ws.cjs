// npm's ws: prints each message as a line of JSON.
const WebSocket = require("ws");
const socket = new WebSocket(process.argv[2]);
socket.on("message", (text) => process.stdout.write(String(text) + "\n"));
socket.on("close", () => process.exit(0));
socket.on("error", (error) => {
  process.stdout.write(JSON.stringify({ type: "error", data: { code: "unreachable", message: String(error) } }) + "\n");
  process.exit(0);
});
