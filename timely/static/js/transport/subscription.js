/* Subscription: the topics followed, the version held of each, and which messages apply to it. */
(function (Timely) {
  "use strict";
  var OF_AN_EVENT = { event: 1, results: 1, schedule: 1, announcements: 1 };

  /* The full name of a topic: "results" of event 7 is "event_7_results", "event" is "event_7". */
  function topicOf(key, eventId) {
    if (!eventId || OF_AN_EVENT[key] !== 1) { return key; }
    return key === "event" ? "event_" + eventId : "event_" + eventId + "_" + key;
  }

  /* *apply(envelope)* is called with each message to be shown, *restored()* when the epoch changed and all versions
     are void. *topics* is {topic: true}, *versions* {topic: version}. */
  function Subscription(eventId, apply, restored) {
    this.eventId = eventId;
    this.apply = apply;
    this.restored = restored;
    this.topics = {};
    this.versions = {};
    this.epoch = "";
    this.lang = "";
  }

  Subscription.prototype = {
    // The topic of notifications includes the user's own topic.
    follows: function (topic) {
      return this.topics[topic] === true || (this.topics.notifications === true && /^user_\d+$/.test(topic));
    },

    topicsOf: function (names) {
      var topics = [], i;
      for (i = 0; i < names.length; i += 1) { topics.push(topicOf(names[i], this.eventId)); }
      return topics;
    },

    follow: function (names) {
      var topics = this.topicsOf(names), i;
      for (i = 0; i < topics.length; i += 1) { this.topics[topics[i]] = true; }
    },

    unfollow: function (names) {
      var topics = this.topicsOf(names), i;
      for (i = 0; i < topics.length; i += 1) {
        delete this.topics[topics[i]];
        delete this.versions[topics[i]];
      }
    },

    /* Sets the versions held. True if one is older than before: the messages since then are missing. *lang*, if given,
       is the only language whose messages are applied from now on. */
    adopt: function (names, versions, epoch, lang) {
      var topics = this.topicsOf(names), isOlder = false, i, version;
      this.topics = {};
      this.follow(names);
      for (i = 0; i < topics.length; i += 1) {
        version = (versions || {})[names[i]] || 0;
        if (this.epoch === epoch && this.versions[topics[i]] > version) { isOlder = true; }
        this.versions[topics[i]] = version;
      }
      this.epoch = epoch || "";
      this.lang = lang || "";
      return isOlder;
    },

    /* True if the epoch is another one than before: the database was replaced. */
    setEpoch: function (epoch) {
      var isRestored = this.epoch !== "";
      if (!epoch || epoch === this.epoch) { return false; }
      this.epoch = epoch;
      if (isRestored) {
        this.versions = {};
        this.restored();
      }
      return isRestored;
    },

    isBehind: function (heartbeat) {
      var key, topic;
      for (key in heartbeat.versions || {}) {
        topic = topicOf(key, heartbeat.event_id);
        if (this.follows(topic) && heartbeat.versions[key] > (this.versions[topic] || 0)) { return true; }
      }
      return false;
    },

    /* True if a message before this one is missing, and has to be requested. */
    receive: function (envelope) {
      var held, isRestored;
      if (!this.follows(envelope.topic)) { return false; }
      if (typeof envelope.version !== "number") {
        this.apply(envelope);
        return false;
      }
      // Sent before the server knew of the change: it is sent again in the language that was asked for.
      if (this.lang && envelope.lang && envelope.lang !== this.lang) { return false; }
      isRestored = this.setEpoch(envelope.epoch);
      held = this.versions[envelope.topic] || 0;
      if (envelope.version <= held) { return isRestored; }
      if (envelope.since > held) { return true; }
      this.versions[envelope.topic] = envelope.version;
      this.apply(envelope);
      return isRestored;
    }
  };

  Timely.topicOf = topicOf;
  Timely.Subscription = Subscription;
}(window.Timely));
