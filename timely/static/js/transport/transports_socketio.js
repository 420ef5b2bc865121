/* Socket.IO transports: with upgrade, and long-polling alone; and the last fallback, which fetches the page again. */
(function (Timely) {
  "use strict";
  var PAGE_EVERY = 10000;
  // Probed so long after connecting: where a proxy drops WebSocket frames, the upgrade never completes.
  var UPGRADING = 1000;
  var io = window.io;

  function socketRung(name, transports) {
    return {
      name: name,
      isPossible: function () {
        return typeof io === "function" && (transports.length === 1 || typeof window.WebSocket !== "undefined");
      },
      open: function (line) {
        var timer = 0, socket = io(Timely.server, {
          transports: transports,
          upgrade: transports.length > 1,
          forceNew: true,
          timeout: 8000,
          reconnectionDelay: 400,
          // At most 3 s with jitter: clients do not reconnect all at once, and nobody waits long.
          reconnectionDelayMax: 2000,
          randomizationFactor: 0.5
        });
        socket.io.on("open", function () { socket.io.engine.on("upgrade", line.doubted); });
        socket.on("connect", function () {
          line.opened();
          if (transports.length > 1) { timer = setTimeout(line.doubted, UPGRADING); }
        });
        socket.on("message", line.message);
        socket.on("disconnect", function (reason) {
          clearTimeout(timer);
          line.closed();
          // Disconnected by the server: the library does not reconnect by itself then.
          if (reason === "io server disconnect") {
            timer = setTimeout(function () { socket.connect(); }, 500 + Math.random() * 2000);
          }
        });
        return {
          subscribe: function (request) { socket.emit("subscribe", request, line.acknowledged); },
          unsubscribe: function (request) { socket.emit("unsubscribe", request); },
          ping: function () { socket.emit("ping"); },
          close: function () {
            clearTimeout(timer);
            socket.io.reconnection(false);
            socket.disconnect();
          }
        };
      }
    };
  }

  /* The last fallback: no messages, the page is fetched again instead. */
  var pageRung = {
    name: "page",
    isPossible: function (to) { return to.canLoad === true; },
    open: function (line) {
      var timer;
      function load() { Timely.heal.load(function () { line.acknowledged({ ok: true }); }); }
      line.opened();
      timer = setInterval(load, PAGE_EVERY);
      load();
      return {
        subscribe: function () { return null; },
        ping: load,
        close: function () { clearInterval(timer); }
      };
    }
  };

  Timely.transport.addRung(socketRung("socket", ["polling", "websocket"]));
  Timely.transport.addRung(socketRung("polling", ["polling"]));
  Timely.transport.addRung(pageRung);
}(window.Timely));
