/* Transports without Socket.IO: plain WebSocket, event stream and polling. Versions travel in the query string. */
(function (Timely) {
  "use strict";
  var WAIT = 10;             // seconds that the server may hold a poll if there is nothing new
  var LOST = 20000;          // milliseconds after which a poll counts as lost

  /* Exponential back-off with jitter, at most 3 s: clients do not reconnect all at once, and nobody waits long. */
  function pause(failures) { return Math.min(400 * Math.pow(2, failures), 2000) * (0.5 + Math.random()); }

  function query(request) {
    var parts = ["topics=" + encodeURIComponent(request.topics.join(","))], topic;
    for (topic in request.versions) { parts.push(encodeURIComponent(topic) + "=" + request.versions[topic]); }
    if (request.epoch) { parts.push("epoch=" + encodeURIComponent(request.epoch)); }
    if (request.page) { parts.push("page=" + encodeURIComponent(request.page)); }
    if (request.lang) { parts.push("lang=" + encodeURIComponent(request.lang)); }
    if (request.key) { parts.push("key=" + encodeURIComponent(request.key)); }
    return parts.join("&");
  }

  function path(root, name, request) {
    return root + (request.event_id ? "/events/" + request.event_id : "") + "/" + name + "/?" + query(request);
  }

  /* One attempt to connect. *isHeard*: something has come over it. */
  function Link(transport) {
    this.transport = transport;
    this.channel = transport.channel;
    this.isHeard = false;
  }

  Link.prototype = {
    heard: function () {
      this.isHeard = true;
      this.transport.failures = 0;
    },

    lost: function () { if (this.transport.link === this) { this.transport.reconnect(this.isHeard); } }
  };

  /* What the three have in common. *connect(request, link)* returns {close()} and calls link.heard(), link.lost();
     *send(connection, type, request)*, if given, is true if the open connection could send the request. */
  function PlainTransport(channel, connect, send) {
    this.channel = channel;
    this.connect = connect;
    this.send = send;
    this.connection = this.link = null;
    this.failures = 0;
    this.timer = setTimeout(channel.opened, 0);
  }

  PlainTransport.prototype = {
    couldSend: function (type, request) {
      return !!this.send && !!this.connection && this.send(this.connection, type, request);
    },

    subscribe: function (request) {
      var link;
      if (this.couldSend("subscribe", request)) { return; }
      this.close();
      link = new Link(this);
      this.connection = this.connect(request, link);
      this.link = link;
    },

    ping: function () { if (!this.couldSend("ping")) { this.channel.opened(); } },

    reconnect: function (wasHeard) {
      this.close();
      this.timer = setTimeout(this.channel.opened, pause(this.failures));
      this.failures += 1;
      if (wasHeard) { this.channel.closed(); } else { this.channel.failed(); }
    },

    close: function () {
      var old = this.connection;
      clearTimeout(this.timer);
      this.connection = this.link = null;
      if (old) { old.close(); }
    }
  };

  function plainTransport(name, isPossible, connect, send) {
    return {
      name: name,
      isPossible: isPossible,
      open: function (channel) { return new PlainTransport(channel, connect, send); }
    };
  }

  function connectStream(request, link) {
    var source = new window.EventSource(Timely.server + path("/api", "stream", request));
    source.onmessage = function (event) {
      link.heard();
      link.channel.message(JSON.parse(event.data));
    };
    // The browser's own reconnection has no jitter, and gives up after some failures.
    source.onerror = function () { link.lost(); };
    return {
      close: function () {
        source.onmessage = source.onerror = null;
        source.close();
      }
    };
  }

  /* The first poll does not wait: its response proves that polling works. */
  function Poll(request, link) {
    this.link = link;
    this.timer = 0;
    this.isClosed = false;
    this.ask(path("/api", "poll", request), 0);
  }

  Poll.prototype = {
    ask: function (where, wait) {
      var self = this;
      this.where = where;
      this.asked = Timely.get(where + "&wait=" + wait, function (status, text) { self.answered(status, text); }, LOST);
    },

    answered: function (status, text) {
      var answer = status === 200 ? JSON.parse(text) : null;
      if (status === 404 || status === 400) {
        this.link.channel.acknowledged({ ok: false, error: JSON.parse(text).error });
      }
      if (!answer) { this.link.lost(); return; }
      this.link.heard();
      this.handOut(answer.messages);
      this.handOut(answer.heartbeats || [answer.heartbeat]);
      if (!this.isClosed) { this.askNext(answer.messages.length > 0); }
    },

    handOut: function (messages) {
      var i;
      for (i = 0; i < messages.length && !this.isClosed; i += 1) { this.link.channel.message(messages[i]); }
    },

    /* A message that changed no version would be sent again at once: such a poll is repeated after a second. */
    askNext: function (hasMessages) {
      var self = this, where = path("/api", "poll", this.link.channel.request());
      this.timer = setTimeout(function () { self.ask(where, WAIT); }, hasMessages && where === this.where ? 1000 : 20);
    },

    close: function () {
      this.isClosed = true;
      clearTimeout(this.timer);
      this.asked.cancel();
    }
  };

  function connectPoll(request, link) { return new Poll(request, link); }

  function connectSocket(request, link) {
    var socket = new window.WebSocket(Timely.server.replace(/^http/, "ws") + path("/ws", "stream", request));
    socket.onmessage = function (event) {
      link.heard();
      link.channel.message(JSON.parse(event.data));
    };
    socket.onclose = socket.onerror = function () { link.lost(); };
    return {
      socket: socket,
      eventId: request.event_id,
      close: function () {
        socket.onmessage = socket.onclose = socket.onerror = null;
        socket.close();
      }
    };
  }

  function sendOver(connection, type, request) {
    var sent = { type: type }, name;
    // The event is part of the address: topics of another one need another connection.
    if (connection.socket.readyState !== 1 || (request && request.event_id !== connection.eventId)) { return false; }
    for (name in request || {}) { sent[name] = request[name]; }
    connection.socket.send(JSON.stringify(sent));
    return true;
  }

  function has(name) {
    return function () { return typeof window[name] !== "undefined" && typeof window.JSON !== "undefined"; };
  }

  var socketTransport = plainTransport("ws", has("WebSocket"), connectSocket, sendOver);
  socketTransport.isOnRequest = true;
  Timely.addTransport(socketTransport, "page");
  Timely.addTransport(plainTransport("stream", has("EventSource"), connectStream), "page");
  Timely.addTransport(plainTransport("xhr", has("XMLHttpRequest"), connectPoll), "page");
}(window.Timely));
