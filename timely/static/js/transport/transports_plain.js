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
    if (request.key) { parts.push("key=" + encodeURIComponent(request.key)); }
    return parts.join("&");
  }

  function path(root, name, request) {
    return root + (request.event_id ? "/events/" + request.event_id : "") + "/" + name + "/?" + query(request);
  }

  /* What the three have in common. *connect(request, link)* returns {close()} and calls link.heard(), link.lost();
     *send(connection, type, request)*, if given, is true if the open connection could send the request. */
  function rung(name, isPossible, connect, send) {
    return {
      name: name,
      isPossible: isPossible,
      open: function (line) {
        var connection = null, timer = 0, failures = 0;

        function stop() {
          var old = connection;
          clearTimeout(timer);
          connection = null;
          if (old) { old.close(); }
        }

        function subscribe(request) {
          var isHeard = false, mine;
          if (send && connection && send(connection, "subscribe", request)) { return; }
          stop();
          mine = connection = connect(request, {
            line: line,
            heard: function () { isHeard = true; failures = 0; },
            lost: function () {
              if (mine !== connection) { return; }
              stop();
              timer = setTimeout(line.opened, pause(failures));
              failures += 1;
              if (isHeard) { line.closed(); } else { line.failed(); }
            }
          });
        }

        timer = setTimeout(line.opened, 0);
        return {
          subscribe: subscribe,
          ping: function () { if (!send || !connection || !send(connection, "ping")) { line.opened(); } },
          close: stop
        };
      }
    };
  }

  function connectStream(request, link) {
    var source = new window.EventSource(Timely.server + path("/api", "stream", request));
    source.onmessage = function (event) {
      link.heard();
      link.line.message(JSON.parse(event.data));
    };
    // The browser's own reconnection has no jitter, and gives up after some failures.
    source.onerror = link.lost;
    return {
      close: function () {
        source.onmessage = source.onerror = null;
        source.close();
      }
    };
  }

  function connectPoll(request, link) {
    var asked = null, timer = 0, isClosed = false;

    function answered(status, text) {
      var answer = status === 200 ? JSON.parse(text) : null, beats, i;
      if (status === 404 || status === 400) {
        link.line.acknowledged({ ok: false, error: JSON.parse(text).error });
      }
      if (!answer) { link.lost(); return; }
      link.heard();
      beats = answer.heartbeats || [answer.heartbeat];
      for (i = 0; i < answer.messages.length && !isClosed; i += 1) { link.line.message(answer.messages[i]); }
      for (i = 0; i < beats.length && !isClosed; i += 1) { link.line.message(beats[i]); }
      if (!isClosed) { next(answer.messages.length); }
    }

    function poll(where, wait) {
      asked = { where: where, call: Timely.ask(where + "&wait=" + wait, answered, LOST) };
    }

    /* A message that changed no version would be sent again at once: such a poll is repeated after a second. */
    function next(brought) {
      var where = path("/api", "poll", link.line.request());
      timer = setTimeout(function () { poll(where, WAIT); }, brought && where === asked.where ? 1000 : 20);
    }

    // The first poll does not wait: its response proves that polling works.
    poll(path("/api", "poll", request), 0);
    return {
      close: function () {
        isClosed = true;
        clearTimeout(timer);
        asked.call.cancel();
      }
    };
  }

  function connectSocket(request, link) {
    var socket = new window.WebSocket(Timely.server.replace(/^http/, "ws") + path("/ws", "stream", request));
    socket.onmessage = function (event) {
      link.heard();
      link.line.message(JSON.parse(event.data));
    };
    socket.onclose = socket.onerror = link.lost;
    return {
      socket: socket,
      about: request.event_id,
      close: function () {
        socket.onmessage = socket.onclose = socket.onerror = null;
        socket.close();
      }
    };
  }

  function say(connection, type, request) {
    var said = { type: type }, name;
    // The event is part of the address: topics of another one need another connection.
    if (connection.socket.readyState !== 1 || (request && request.event_id !== connection.about)) { return false; }
    for (name in request || {}) { said[name] = request[name]; }
    connection.socket.send(JSON.stringify(said));
    return true;
  }

  function has(name) {
    return function () { return typeof window[name] !== "undefined" && typeof window.JSON !== "undefined"; };
  }

  var socketRung = rung("ws", has("WebSocket"), connectSocket, say);
  socketRung.isAsked = true;
  Timely.transport.addRung(socketRung, "page");
  Timely.transport.addRung(rung("stream", has("EventSource"), connectStream), "page");
  Timely.transport.addRung(rung("xhr", has("XMLHttpRequest"), connectPoll), "page");
}(window.Timely));
