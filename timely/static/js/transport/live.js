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

  /* Follows *topics* of the event (all four unless named), or, where *eventId* is null, topics spelled out. */
  Timely.live = function (eventId, options) {
    var wanted = options || {}, last = null, isClosed = false, feed, follower, member;

    function apply(envelope) {
      last = envelope;
      call(wanted[HANDLERS[envelope.type]], envelope.data, envelope);
      call(wanted.onMessage, envelope);
    }

    follower = Timely.follower(eventId, apply, function () { call(wanted.onRestored); });
    follower.adopt(wanted.topics || (eventId ? ALL : []), wanted.versions, wanted.epoch);
    feed = Timely.feed({
      eventId: eventId, key: wanted.key, transport: wanted.transport, canLoad: wanted.canLoad === true,
      page: wanted.page
    });
    member = {
      follower: follower,
      changed: function (state) { call(wanted.onState, state, feed.freshness.heardAt()); },
      lost: function () { call(wanted.onLost); },
      refused: function (error) { call(wanted.onError, error); }
    };
    feed.add(member);
    // A member that joins an open connection gets its current state too.
    setTimeout(function () { if (!isClosed) { member.changed(feed.freshness.state()); } }, 0);

    function close() {
      isClosed = true;
      feed.leave(member);
      feed.drop(spelled(follower.topics()));
    }

    function spelled(topics) {
      var names = [], topic;
      for (topic in topics) { names.push(topic); }
      return names;
    }

    /* Handles the messages subscribe, unsubscribe and ping. False for anything else. */
    function send(message) {
      var said = message || {}, topics = said.topics || [], i, gone = [];
      if (isClosed) { return false; }
      if (said.type === "subscribe") {
        follower.follow(topics);
        feed.ask();
      } else if (said.type === "unsubscribe") {
        follower.unfollow(topics);
        for (i = 0; i < topics.length; i += 1) { gone.push(Timely.topicOf(topics[i], eventId)); }
        feed.drop(gone);
      } else if (said.type === "ping") {
        feed.ping();
      } else {
        return false;
      }
      return true;
    }

    return {
      isConnected: function () { return !isClosed && feed.freshness.state() === "live"; },
      state: function () { return isClosed ? "closed" : feed.freshness.state(); },
      heardAt: function () { return feed.freshness.heardAt(); },
      lastMessage: function () { return last; },
      transport: function () { return feed.rung(); },
      send: send,
      // The page was fetched again, and has these versions now.
      adopt: function (topics, versions, epoch) {
        if (follower.adopt(topics, versions, epoch)) { feed.ask(); }
      },
      close: close
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
