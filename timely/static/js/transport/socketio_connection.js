/* Socket.IO connection on top of Engine.IO: packets of the main namespace, acknowledgements, reconnecting. */
/* The official client has binary data, namespaces and more, which no page here uses, and takes twice the bytes. */
(function (Timely) {
  "use strict";
  // Types of packets, of Socket.IO's protocol 5.
  var CONNECT = "0", DISCONNECT = "1", EVENT = "2", ACK = "3", CONNECT_ERROR = "4";
  var PACKET = /^([0-4])(\d*)([\s\S]*)$/;
  var OPEN_TIMEOUT = 8000;
  // At most 3 s with jitter: clients do not reconnect all at once, and nobody waits long.
  var RETRY_AFTER = 400, RETRY_AT_MOST = 2000, JITTER = 0.5;

  /* *options* are Engine.IO's: transports, upgrade. *owner* has connected(), disconnected(isByServer), upgraded(),
     received(name, value). */
  function SocketIoConnection(options, owner) {
    this.options = { path: "/socket.io", transports: options.transports, upgrade: options.upgrade };
    this.owner = owner;
    this.engine = null;
    this.isOpen = this.isConnected = false;
    this.acknowledgements = {};
    this.lastId = this.failures = this.timer = 0;
    this.open();
  }

  SocketIoConnection.prototype = {
    open: function () {
      var self = this, engine = window.eio(Timely.server, this.options), timer;
      // What an engine says that was given up counts no more.
      function on(name, act) {
        engine.on(name, function (value) { if (engine === self.engine) { act(value); } });
      }
      clearTimeout(this.timer);
      this.engine = engine;
      timer = this.timer = setTimeout(function () { self.drop(false); }, OPEN_TIMEOUT);
      on("open", function () {
        clearTimeout(timer);
        self.isOpen = true;
        self.failures = 0;
        engine.send(CONNECT);
      });
      on("upgrade", function () { self.owner.upgraded(); });
      on("data", function (text) { self.read(text); });
      // An engine that fails closes too.
      on("close", function () { self.drop(false); });
    },

    read: function (text) {
      var packet = PACKET.exec(text), value, acknowledged;
      try {
        value = JSON.parse(packet[3] || "[]") || [];
      } catch (fault) {
        this.drop(false);
        return;
      }
      if (packet[1] === CONNECT) { this.isConnected = true; this.act("connected"); }
      if (packet[1] === DISCONNECT) { this.drop(true); }
      if (packet[1] === CONNECT_ERROR) { this.giveUp(); }
      if (packet[1] === EVENT) { this.act("received", value[0], value[1]); }
      if (packet[1] === ACK) {
        acknowledged = this.acknowledgements[packet[2]];
        delete this.acknowledgements[packet[2]];
        if (acknowledged) { this.guard(function () { acknowledged(value[0]); }); }
      }
    },

    act: function (method, one, other) {
      var owner = this.owner;
      this.guard(function () { owner[method](one, other); });
    },

    /* A fault in what is called must not stop the engine in the middle of its packets: the console gets it afterwards. */
    guard: function (call) {
      try { call(); } catch (fault) { setTimeout(function () { throw fault; }, 0); }
    },

    giveUp: function () {
      var engine = this.engine;
      clearTimeout(this.timer);
      this.engine = null;
      this.isOpen = this.isConnected = false;
      this.acknowledgements = {};
      if (engine) { engine.close(); }
    },

    /* Unless the server ended it, connects again after a while. */
    drop: function (isByServer) {
      var self = this, wasOpen = this.isOpen;
      this.giveUp();
      if (!isByServer) { this.timer = setTimeout(function () { self.open(); }, this.delay()); }
      if (wasOpen) { this.act("disconnected", isByServer); }
    },

    delay: function () {
      var delay = RETRY_AFTER * Math.pow(2, Math.min(this.failures, 4));
      this.failures += 1;
      return Math.min(delay * (1 - JITTER + 2 * JITTER * Math.random()), RETRY_AT_MOST);
    },

    /* Sends an event; *acknowledged* is called with the server's answer. Without a connection nothing is sent. */
    emit: function (name, value, acknowledged) {
      var id = "";
      if (!this.isConnected) { return; }
      if (acknowledged) {
        id = this.lastId;
        this.acknowledgements[id] = acknowledged;
        this.lastId += 1;
      }
      this.engine.send(EVENT + id + JSON.stringify(value === undefined ? [name] : [name, value]));
    },

    close: function () {
      if (this.isConnected) { this.engine.send(DISCONNECT); }
      this.giveUp();
    }
  };

  Timely.SocketIoConnection = SocketIoConnection;
}(window.Timely));
