/* Public API for other sites: Timely.live(eventId, {onResultsUpdate: …}) and its short forms. See docs/live-js.md. */
(function (Timely) {
  "use strict";
  var ALL = ["event", "results", "schedule", "announcements"];
  var HANDLERS = {
    results_update: "onResultsUpdate", schedule_update: "onScheduleUpdate", announcement_update: "onAnnouncement",
    event_update: "onEventUpdate", notification: "onNotification"
  };

  /* An exception in a handler does not stop the others, but still reaches the browser's console. */
  function call(act, one, other) {
    if (typeof act !== "function") { return; }
    try { act(one, other); } catch (fault) { setTimeout(function () { throw fault; }, 0); }
  }

  /* One subscriber of a shared connection: the caller's options, and what the connection tells it. */
  function Subscriber(eventId, options) {
    var self = this;
    this.eventId = eventId;
    this.options = options;
    this.last = null;
    this.isClosed = false;
    this.subscription = new Timely.Subscription(
      eventId, function (envelope) { self.handle(envelope); }, function () { call(options.onRestored); }
    );
    this.subscription.adopt(options.topics || (eventId ? ALL : []), options.versions, options.epoch);
    this.connection = Timely.sharedConnection({
      eventId: eventId, key: options.key, transport: options.transport, canLoad: options.canLoad === true,
      page: options.page, lang: options.lang
    });
    this.connection.add(this);
    // The connection may be open already: the subscriber is told its current state too.
    setTimeout(function () { if (!self.isClosed) { self.stateChanged(self.connection.state.current()); } }, 0);
  }

  Subscriber.prototype = {
    handle: function (envelope) {
      this.last = envelope;
      call(this.options[HANDLERS[envelope.type]], envelope.data, envelope);
      call(this.options.onMessage, envelope);
    },

    stateChanged: function (state) { call(this.options.onState, state, this.connection.state.lastMessageAt()); },

    connectionLost: function () { call(this.options.onLost); },

    refused: function (error) { call(this.options.onError, error); },

    state: function () { return this.isClosed ? "closed" : this.connection.state.current(); },

    /* Handles the messages subscribe, unsubscribe and ping. False for anything else. */
    send: function (message) {
      var sent = message || {}, topics = sent.topics || [];
      if (this.isClosed) { return false; }
      if (sent.type === "subscribe") {
        this.subscription.follow(topics);
        this.connection.subscribe();
      } else if (sent.type === "unsubscribe") {
        this.subscription.unfollow(topics);
        this.connection.unsubscribe(this.subscription.topicsOf(topics));
      } else if (sent.type === "ping") {
        this.connection.ping();
      } else {
        return false;
      }
      return true;
    },

    close: function () {
      var topics = [], topic;
      for (topic in this.subscription.topics) { topics.push(topic); }
      this.isClosed = true;
      this.connection.leave(this);
      this.connection.unsubscribe(topics);
    }
  };

  /* Follows *topics* of the event (all four unless named), or, where *eventId* is null, topics spelled out. */
  Timely.live = function (eventId, options) {
    var subscriber = new Subscriber(eventId, options || {}), state = subscriber.connection.state;
    return {
      isConnected: function () { return subscriber.state() === "live"; },
      state: function () { return subscriber.state(); },
      heardAt: function () { return state.lastMessageAt(); },
      lastMessage: function () { return subscriber.last; },
      transport: function () { return subscriber.connection.transportName(); },
      send: function (message) { return subscriber.send(message); },
      // The page was fetched again, and has these versions now, in this language.
      adopt: function (topics, versions, epoch, lang) {
        var isOlder = subscriber.subscription.adopt(topics, versions, epoch, lang);
        if (subscriber.connection.setLanguage(lang) || isOlder) { subscriber.connection.subscribe(); }
      },
      close: function () { subscriber.close(); }
    };
  };

  function shortForm(topic, handler) {
    return function (eventId, act, options) {
      var all = { topics: [topic] }, name;
      for (name in options || {}) { all[name] = options[name]; }
      all[handler] = act;
      return Timely.live(eventId, all);
    };
  }

  Timely.results = shortForm("results", "onResultsUpdate");
  Timely.schedule = shortForm("schedule", "onScheduleUpdate");
  Timely.announcements = shortForm("announcements", "onAnnouncement");
}(window.Timely));
