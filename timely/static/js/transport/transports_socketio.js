/* Socket.IO transports: with upgrade, and long-polling alone; and the last fallback, which fetches the page again. */
(function (Timely) {
  "use strict";
  var PAGE_EVERY = 10000;
  // Probed so long after connecting: where a proxy drops WebSocket frames, the upgrade never completes.
  var UPGRADING = 1000;

  /* *transports* are those of Socket.IO: long-polling, with WebSocket behind it if the connection is to be upgraded. */
  function SocketIoTransport(channel, transports) {
    this.channel = channel;
    this.canUpgrade = transports.length > 1;
    this.timer = 0;
    this.connection = new Timely.SocketIoConnection({ transports: transports, upgrade: this.canUpgrade }, this);
  }

  SocketIoTransport.prototype = {
    // Called by the connection.
    received: function (name, value) { if (name === "message") { this.channel.message(value); } },

    upgraded: function () { this.channel.doubted(); },

    connected: function () {
      this.channel.opened();
      if (this.canUpgrade) { this.timer = setTimeout(this.channel.doubted, UPGRADING); }
    },

    disconnected: function (isByServer) {
      var connection = this.connection;
      clearTimeout(this.timer);
      this.channel.closed();
      // It does not connect again by itself then.
      if (isByServer) {
        this.timer = setTimeout(function () { connection.open(); }, 500 + Math.random() * 2000);
      }
    },

    // Called by the ladder.
    subscribe: function (request) { this.connection.emit("subscribe", request, this.channel.acknowledged); },

    unsubscribe: function (request) { this.connection.emit("unsubscribe", request); },

    ping: function () { this.connection.emit("ping"); },

    close: function () {
      clearTimeout(this.timer);
      this.connection.close();
    }
  };

  function socketIoTransport(name, transports) {
    return {
      name: name,
      isPossible: function () {
        return typeof window.eio === "function" && (transports.length === 1 || typeof window.WebSocket !== "undefined");
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
