/* The rungs of Socket.IO, which upgrades or keeps to long-polling; and at the foot the page itself, fetched again. */
(function (Timely) {
  "use strict";
  var PAGE_EVERY = 10000;
  // So long after connecting a WebSocket is tried: where its frames are swallowed, nothing is answered meanwhile.
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
          // With the jitter at most 3 s: a hall of phones does not knock at once, and nobody waits long.
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
          // Told to go by the server: the library does not come back by itself then.
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

  /* The last resort: no message at all, but the page as the server would draw it now. */
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
