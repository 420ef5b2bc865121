/* Shared connection: one transport for all subscriptions to an event; merges their requests, hands messages out. */
(function (Timely) {
  "use strict";
  var ASK_EVERY = 1000, ON_ITS_WAY = 1000;
  var feeds = {};

  /* The topic's short name within the event; null for a topic of another event. */
  function short(topic, eventId) {
    var root = "event_" + eventId;
    if (eventId && !/^event_/.test(topic)) { return topic; }
    if (!eventId || topic.indexOf(root) !== 0) { return null; }
    if (topic === root) { return "event"; }
    return topic.charAt(root.length) === "_" ? topic.slice(root.length + 1) : null;
  }

  /* A member has follower (its subscription), changed(state), lost(), refused(error). */
  function makeFeed(name, about) {
    var members = [], ladder = null, askedAt = 0, askTimer = 0, lateTimer = 0, feed;

    function each(act) {
      var all = members.slice(), i;
      for (i = 0; i < all.length; i += 1) { act(all[i]); }
    }

    function epoch() {
      var word = "";
      each(function (member) { word = word || member.follower.epoch(); });
      return word;
    }

    /* {topic: version} of all members: the oldest version that any of them holds, 0 for none. */
    function wanted() {
      var found = {}, word = epoch();
      each(function (member) {
        var have = member.follower.epoch() === word ? member.follower.have() : {}, topic;
        for (topic in member.follower.topics()) {
          found[topic] = Math.min(have[topic] || 0, found[topic] === undefined ? Infinity : found[topic]);
        }
      });
      return found;
    }

    /* Adds the versions of the user's own topic. It comes with the notifications, and need not be requested. */
    function addOwn(versions) {
      each(function (member) {
        var have = member.follower.have(), topic;
        for (topic in have) { if (/^user_/.test(topic)) { versions[topic] = have[topic]; } }
      });
    }

    function request(only) {
      var found = wanted(), asked = { topics: [], versions: {}, epoch: epoch() }, names = {}, isOfOne = true, topic;
      for (topic in found) { names[topic] = short(topic, about.eventId); }
      for (topic in only || {}) { names[topic] = short(topic, about.eventId); }
      for (topic in names) { if (names[topic] === null) { isOfOne = false; } }
      for (topic in only || found) {
        asked.topics.push(isOfOne ? names[topic] : topic);
        if (found[topic]) { asked.versions[isOfOne ? names[topic] : topic] = found[topic]; }
      }
      addOwn(asked.versions);
      if (isOfOne) { asked.event_id = about.eventId; }
      if (about.key) { asked.key = about.key; }
      if (about.page) { asked.page = about.page; }
      return asked;
    }

    /* Subscribes again, at most once a second, and the server sends what is missing. */
    function ask() {
      clearTimeout(askTimer);
      askTimer = setTimeout(function () {
        askedAt = Timely.now();
        if (ladder) { ladder.subscribe(); }
      }, Math.max(0, askedAt + ASK_EVERY - Timely.now()));
    }

    function meet(word) {
      var isRestored = false;
      each(function (member) { if (member.follower.meet(word)) { isRestored = true; } });
      if (isRestored) { ask(); }
      return isRestored;
    }

    function isBehind(heartbeat) {
      var found = false;
      each(function (member) { if (member.follower.isBehind(heartbeat)) { found = true; } });
      return found;
    }

    /* If the server has newer versions, their message may be in transit: it counts as lost after a second. */
    function compare(heartbeat) {
      if (meet(heartbeat.epoch) || lateTimer || !isBehind(heartbeat)) { return; }
      lateTimer = setTimeout(function () {
        lateTimer = 0;
        if (isBehind(heartbeat)) { ask(); }
      }, ON_ITS_WAY);
    }

    function refused(error) { each(function (member) { member.refused(error || {}); }); }

    function message(envelope) {
      var isLacking = false;
      if (envelope.type === "error") { refused(envelope.data); return; }
      feed.freshness.heard();
      if (envelope.type === "heartbeat") { compare(envelope.data); }
      each(function (member) {
        if (member.follower.take(envelope)) { isLacking = true; }
      });
      if (isLacking) { ask(); }
    }

    function acknowledged(answer) {
      if (!answer || !answer.ok) { refused(answer && answer.error); return; }
      feed.freshness.heard();
      if (answer.epoch) { meet(answer.epoch); }
    }

    /* Members that are added at the same time share one request. */
    function begin() {
      if (!members.length) { return; }
      if (ladder) { ask(); return; }
      ladder = Timely.transport.start({
        request: function () { return request(); },
        canLoad: about.canLoad,
        opened: function () { feed.freshness.tick(); },
        closed: function () {
          feed.freshness.closed();
          each(function (member) { member.lost(); });
        },
        acknowledged: acknowledged,
        message: message
      }, about.transport);
    }

    function leave(member) {
      members = members.filter(function (one) { return one !== member; });
      if (members.length) { return; }
      clearTimeout(askTimer);
      clearTimeout(lateTimer);
      feed.freshness.stop();
      if (ladder) { ladder.close(); }
      delete feeds[name];
    }

    /* Unsubscribes from those of *topics* that no member follows any more. */
    function drop(topics) {
      var left = wanted(), gone = {}, found = false, i;
      for (i = 0; i < topics.length; i += 1) {
        if (left[topics[i]] === undefined) { gone[topics[i]] = found = true; }
      }
      if (ladder && found && members.length) { ladder.unsubscribe(request(gone)); }
    }

    feed = {
      freshness: Timely.freshness(function (state) { each(function (member) { member.changed(state); }); }),
      add: function (member) {
        members.push(member);
        setTimeout(begin, 0);
      },
      leave: leave,
      drop: drop,
      ask: function () { if (ladder) { ask(); } },
      ping: function () { if (ladder) { ladder.ping(); } },
      rung: function () { return ladder ? ladder.rung() : ""; },
      wake: function () {
        feed.freshness.doubt();
        if (ladder) { ladder.wake(); }
      }
    };
    feed.freshness.tick();
    return feed;
  }

  /* The connection for *about*: {eventId, key, transport, canLoad, page}. Equal options share one. */
  Timely.feed = function (about) {
    var name = [about.eventId || "", about.key || "", about.transport || "", about.canLoad || ""].join("|");
    feeds[name] = feeds[name] || makeFeed(name, about);
    return feeds[name];
  };

  function wake() {
    var name;
    if (document.hidden) { return; }
    for (name in feeds) { feeds[name].wake(); }
  }

  if (document.addEventListener) {
    document.addEventListener("visibilitychange", wake, false);
    window.addEventListener("online", wake, false);
    window.addEventListener("pageshow", function (shown) { if (shown.persisted) { wake(); } }, false);
  }
}(window.Timely));
