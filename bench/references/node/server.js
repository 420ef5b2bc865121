// Node's Socket.IO as it comes: node server.js PORT MESSAGE. POST /fire/7 emits the message of round 7 to everybody.
"use strict";

const fs = require("fs");
const http = require("http");
const { Server } = require("socket.io");

const [port, file] = process.argv.slice(2);
const message = JSON.parse(fs.readFileSync(file, "utf8"));

const server = http.createServer((request, response) => {
  message.data.results[0].home_score = Number(request.url.split("/").pop());
  io.to("results").emit("message", message);
  response.end();
});
const io = new Server(server);

io.on("connection", (socket) => socket.join("results"));
server.listen({ port: Number(port), host: "127.0.0.1", backlog: 4096 });
