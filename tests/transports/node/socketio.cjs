// The official client: subscribes, and prints each message as a line of JSON.
const { io } = require("socket.io-client");
const [base, transport, asked] = process.argv.slice(2);
const print = (message) => process.stdout.write(JSON.stringify(message) + "\n");
const socket = io(base, { transports: [transport], upgrade: false, reconnection: false });
socket.on("message", print);
socket.on("connect", () => socket.emit("subscribe", JSON.parse(asked), (answer) => {
  if (!answer.ok) { print({ type: "error", data: answer.error }); }
}));
socket.on("connect_error", (error) => print({ type: "error", data: { code: "unreachable", message: String(error) } }));
socket.on("disconnect", () => process.exit(0));
