/* Subscription: the topics followed, the version held of each, and which messages apply to it. */
(function (Timely) {
  "use strict";
  var OF_AN_EVENT = { event: 1, results: 1, schedule: 1, announcements: 1 };

  /* The full name of a topic: "results" of event 7 is "event_7_results", "event" is "event_7". */
  function topicOf(key, eventId) {
    if (!eventId || OF_AN_EVENT[key] !== 1) { return key; }
    return key === "event" ? "event_" + eventId : "event_" + eventId + "_" + key;
  }

  /* *apply(envelope)* is called with each message to be shown, *forgot()* when the epoch changed and all versions
     are void. */
  Timely.follower = function (eventId, apply, forgot) {
    var topics = {}, have = {}, epoch = "";

    // The topic of notifications includes the user's own topic.
    function follows(topic) {
      return topics[topic] === true || (topics.notifications === true && /^user_\d+$/.test(topic));
    }

    function each(names, act) {
      var i;
      for (i = 0; i < names.length; i += 1) { act(topicOf(names[i], eventId), names[i]); }
    }

    function follow(names) { each(names, function (topic) { topics[topic] = true; }); }

    function unfollow(names) {
      each(names, function (topic) {
        delete topics[topic];
        delete have[topic];
      });
    }

    /* Sets the versions held. True if one is older than before: the messages since then are missing. */
    function adopt(names, versions, word) {
      var isOlder = false;
      topics = {};
      follow(names);
      each(names, function (topic, name) {
        var version = (versions || {})[name] || 0;
        if (epoch === word && have[topic] > version) { isOlder = true; }
        have[topic] = version;
      });
      epoch = word || "";
      return isOlder;
    }

    function meet(word) {
      if (!word || word === epoch) { return false; }
      var isRestored = epoch !== "";
      epoch = word;
      if (isRestored) {
        have = {};
        forgot();
      }
      return isRestored;
    }

    function isBehind(heartbeat) {
      var key, topic;
      for (key in heartbeat.versions || {}) {
        topic = topicOf(key, heartbeat.event_id);
        if (follows(topic) && heartbeat.versions[key] > (have[topic] || 0)) { return true; }
      }
      return false;
    }

    /* True if a message before this one is missing, and has to be requested. */
    function take(envelope) {
      var mine, isRestored;
      if (!follows(envelope.topic)) { return false; }
      if (typeof envelope.version !== "number") {
        apply(envelope);
        return false;
      }
      isRestored = meet(envelope.epoch);
      mine = have[envelope.topic] || 0;
      if (envelope.version <= mine) { return isRestored; }
      if (envelope.since > mine) { return true; }
      have[envelope.topic] = envelope.version;
      apply(envelope);
      return isRestored;
    }

    return {
      follow: follow,
      unfollow: unfollow,
      adopt: adopt,
      meet: meet,
      isBehind: isBehind,
      take: take,
      topics: function () { return topics; },
      have: function () { return have; },
      epoch: function () { return epoch; }
    };
  };

  Timely.topicOf = topicOf;
}(window.Timely));
