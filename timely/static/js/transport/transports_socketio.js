/* Socket.IO transports: with upgrade, and long-polling alone; and the last fallback, which fetches the page again. */
(function (Timely) {
  "use strict";
  var PAGE_EVERY = 10000;
  // Probed so long after connecting: where a proxy drops WebSocket frames, the upgrade never completes.
  var UPGRADING = 1000;
  var io = window.io;

  /* *transports* are those of Socket.IO: long-polling, with WebSocket behind it if the connection is to be upgraded. */
  function SocketIoTransport(channel, transports) {
    this.channel = channel;
    this.canUpgrade = transports.length > 1;
    this.timer = 0;
    this.socket = io(Timely.server, {
      transports: transports,
      upgrade: this.canUpgrade,
      forceNew: true,
      timeout: 8000,
      reconnectionDelay: 400,
      // At most 3 s with jitter: clients do not reconnect all at once, and nobody waits long.
      reconnectionDelayMax: 2000,
      randomizationFactor: 0.5
    });
    this.listen();
  }

  SocketIoTransport.prototype = {
    listen: function () {
      var self = this, socket = this.socket, channel = this.channel;
      socket.io.on("open", function () { socket.io.engine.on("upgrade", channel.doubted); });
      socket.on("connect", function () { self.connected(); });
      socket.on("message", channel.message);
      socket.on("disconnect", function (reason) { self.disconnected(reason); });
    },

    connected: function () {
      this.channel.opened();
      if (this.canUpgrade) { this.timer = setTimeout(this.channel.doubted, UPGRADING); }
    },

    disconnected: function (reason) {
      var socket = this.socket;
      clearTimeout(this.timer);
      this.channel.closed();
      // Disconnected by the server: the library does not reconnect by itself then.
      if (reason === "io server disconnect") {
        this.timer = setTimeout(function () { socket.connect(); }, 500 + Math.random() * 2000);
      }
    },

    subscribe: function (request) { this.socket.emit("subscribe", request, this.channel.acknowledged); },

    unsubscribe: function (request) { this.socket.emit("unsubscribe", request); },

    ping: function () { this.socket.emit("ping"); },

    close: function () {
      clearTimeout(this.timer);
      this.socket.io.reconnection(false);
      this.socket.disconnect();
    }
  };

  function socketIoTransport(name, transports) {
    return {
      name: name,
      isPossible: function () {
        return typeof io === "function" && (transports.length === 1 || typeof window.WebSocket !== "undefined");
      },
      open: function (channel) { return new SocketIoTransport(channel, transports); }
    };
  }

  /* The last fallback: no messages, the page is fetched again instead. */
  var pageTransport = {
    name: "page",
    isPossible: function (owner) { return owner.canLoad === true; },
    open: function (channel) {
      var timer;
      function load() { Timely.pageRefresh.load(function () { channel.acknowledged({ ok: true }); }); }
      channel.opened();
      timer = setInterval(load, PAGE_EVERY);
      load();
      return {
        subscribe: function () { return null; },
        ping: load,
        close: function () { clearInterval(timer); }
      };
    }
  };

  Timely.addTransport(socketIoTransport("socket", ["polling", "websocket"]));
  Timely.addTransport(socketIoTransport("polling", ["polling"]));
  Timely.addTransport(pageTransport);
}(window.Timely));
