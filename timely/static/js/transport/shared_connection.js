/* Shared connection: one connection for all subscribers to an event; merges their requests, hands messages out. */
(function (Timely) {
  "use strict";
  var SUBSCRIBE_EVERY = 1000, LATE = 1000;
  var connections = {};

  /* The topic's short name within the event; null for a topic of another event. */
  function shortName(topic, eventId) {
    var root = "event_" + eventId;
    if (eventId && !/^event_/.test(topic)) { return topic; }
    if (!eventId || topic.indexOf(root) !== 0) { return null; }
    if (topic === root) { return "event"; }
    return topic.charAt(root.length) === "_" ? topic.slice(root.length + 1) : null;
  }

  /* {topic: its short name} of the keys of both; null if one of them is a topic of another event. */
  function shortNames(eventId, one, other) {
    var names = {}, topic;
    for (topic in one) { names[topic] = shortName(topic, eventId); }
    for (topic in other || {}) { names[topic] = shortName(topic, eventId); }
    for (topic in names) { if (names[topic] === null) { return null; } }
    return names;
  }

  /* A subscriber has subscription, stateChanged(state), connectionLost(), refused(error). */
  function SharedConnection(name, options) {
    var self = this;
    this.name = name;
    this.options = options;
    this.canLoad = options.canLoad;
    this.subscribers = [];
    this.transports = null;
    this.subscribedAt = this.subscribeTimer = this.lateTimer = 0;
    this.state = new Timely.ConnectionState(function (state) {
      self.each(function (subscriber) { subscriber.stateChanged(state); });
    });
    this.state.update();
  }

  SharedConnection.prototype = {
    each: function (act) { this.subscribers.slice().forEach(act); },

    /* Calls *act* with each subscription, and returns whether it was true for any. */
    isTrueForAny: function (act) {
      var isTrue = false;
      this.each(function (subscriber) { if (act(subscriber.subscription)) { isTrue = true; } });
      return isTrue;
    },

    epoch: function () {
      var epoch = "";
      this.each(function (subscriber) { epoch = epoch || subscriber.subscription.epoch; });
      return epoch;
    },

    /* {topic: version} of all subscribers: the oldest version that any of them holds, 0 for none. */
    oldestVersions: function () {
      var oldest = {}, epoch = this.epoch();
      this.each(function (subscriber) {
        var held = subscriber.subscription, versions = held.epoch === epoch ? held.versions : {}, topic;
        for (topic in held.topics) {
          oldest[topic] = Math.min(versions[topic] || 0, oldest[topic] === undefined ? Infinity : oldest[topic]);
        }
      });
      return oldest;
    },

    /* Adds the versions of the user's own topic. It comes with the notifications, and need not be requested. */
    addOwnTopic: function (versions) {
      this.each(function (subscriber) {
        var held = subscriber.subscription.versions, topic;
        for (topic in held) { if (/^user_/.test(topic)) { versions[topic] = held[topic]; } }
      });
    },

    /* What the server is sent to subscribe to all topics, or, to unsubscribe, to those of {topic: true}. */
    request: function (only) {
      var oldest = this.oldestVersions(), options = this.options, names = shortNames(options.eventId, oldest, only);
      var request = { topics: [], versions: {}, epoch: this.epoch() }, topic, name;
      for (topic in only || oldest) {
        name = names ? names[topic] : topic;
        request.topics.push(name);
        if (oldest[topic]) { request.versions[name] = oldest[topic]; }
      }
      this.addOwnTopic(request.versions);
      if (names) { request.event_id = options.eventId; }
      if (options.key) { request.key = options.key; }
      if (options.page) { request.page = options.page; }
      if (options.lang) { request.lang = options.lang; }
      return request;
    },

    /* Subscribes again, at most once a second, and the server sends what is missing. */
    subscribe: function () {
      var self = this;
      if (!this.transports) { return; }
      clearTimeout(this.subscribeTimer);
      this.subscribeTimer = setTimeout(function () {
        self.subscribedAt = Timely.now();
        self.transports.subscribe();
      }, Math.max(0, this.subscribedAt + SUBSCRIBE_EVERY - Timely.now()));
    },

    /* True if the language is another one than before. */
    setLanguage: function (lang) {
      if (!lang || lang === this.options.lang) { return false; }
      delete connections[this.name];
      this.options.lang = lang;
      this.name = nameOf(this.options);
      connections[this.name] = this;
      return true;
    },

    setEpoch: function (epoch) {
      var isRestored = this.isTrueForAny(function (subscription) { return subscription.setEpoch(epoch); });
      if (isRestored) { this.subscribe(); }
      return isRestored;
    },

    isBehind: function (heartbeat) {
      return this.isTrueForAny(function (subscription) { return subscription.isBehind(heartbeat); });
    },

    /* If the server has newer versions, their message may be in transit: it counts as lost after a second. */
    compare: function (heartbeat) {
      var self = this;
      if (this.setEpoch(heartbeat.epoch) || this.lateTimer || !this.isBehind(heartbeat)) { return; }
      this.lateTimer = setTimeout(function () {
        self.lateTimer = 0;
        if (self.isBehind(heartbeat)) { self.subscribe(); }
      }, LATE);
    },

    // Called by the transports.
    opened: function () { this.state.update(); },

    closed: function () {
      this.state.closed();
      this.each(function (subscriber) { subscriber.connectionLost(); });
    },

    refused: function (error) { this.each(function (subscriber) { subscriber.refused(error || {}); }); },

    acknowledged: function (answer) {
      if (!answer || !answer.ok) { this.refused(answer && answer.error); return; }
      this.state.messageCame();
      this.setEpoch(answer.epoch);
    },

    message: function (envelope) {
      if (envelope.type === "error") { this.refused(envelope.data); return; }
      this.state.messageCame();
      if (envelope.type === "heartbeat") { this.compare(envelope.data); }
      if (this.isTrueForAny(function (subscription) { return subscription.receive(envelope); })) { this.subscribe(); }
    },

    /* Subscribers that are added at the same time share one request. */
    add: function (subscriber) {
      var self = this;
      this.subscribers.push(subscriber);
      setTimeout(function () { self.begin(); }, 0);
    },

    begin: function () {
      if (!this.subscribers.length) { return; }
      if (this.transports) { this.subscribe(); return; }
      this.transports = new Timely.TransportLadder(this, this.options.transport);
    },

    leave: function (subscriber) {
      this.subscribers = this.subscribers.filter(function (one) { return one !== subscriber; });
      if (!this.subscribers.length) { this.close(); }
    },

    close: function () {
      clearTimeout(this.subscribeTimer);
      clearTimeout(this.lateTimer);
      this.state.stop();
      if (this.transports) { this.transports.close(); }
      delete connections[this.name];
    },

    /* Unsubscribes from those of *topics* that no subscriber follows any more. */
    unsubscribe: function (topics) {
      var left = this.oldestVersions(), gone = {}, isAny = false, i;
      for (i = 0; i < topics.length; i += 1) {
        if (left[topics[i]] === undefined) { gone[topics[i]] = isAny = true; }
      }
      if (this.transports && isAny && this.subscribers.length) { this.transports.unsubscribe(this.request(gone)); }
    },

    ping: function () { if (this.transports) { this.transports.ping(); } },

    transportName: function () { return this.transports ? this.transports.name() : ""; },

    wake: function () {
      this.state.doubt();
      if (this.transports) { this.transports.wake(); }
    }
  };

  function nameOf(options) {
    return [options.eventId || "", options.key || "", options.transport || "", options.canLoad || "", options.lang || ""].join("|");
  }

  /* The connection with *options*: {eventId, key, transport, canLoad, page, lang}. Equal options share one. */
  Timely.sharedConnection = function (options) {
    var name = nameOf(options);
    connections[name] = connections[name] || new SharedConnection(name, options);
    return connections[name];
  };

  function wake() {
    var name;
    if (document.hidden) { return; }
    for (name in connections) { connections[name].wake(); }
  }

  if (document.addEventListener) {
    document.addEventListener("visibilitychange", wake, false);
    window.addEventListener("online", wake, false);
    window.addEventListener("pageshow", function (shown) { if (shown.persisted) { wake(); } }, false);
  }
}(window.Timely));
