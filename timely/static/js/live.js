/* Keeps the page true: what it has, what it lacks, and which messages it may apply. */
(function (Timely) {
  "use strict";
  var page = null, follows = {}, have = {}, epoch = "", askedAt = 0, askTimer = 0, lateTimer = 0;

  function now() { return new Date().getTime(); }

  /* The one spelling of a topic: "results" of event 7 is "event_7_results", "event" is "event_7". */
  function topicOf(key, eventId) {
    if (!eventId) { return key; }
    return key === "event" ? "event_" + eventId : "event_" + eventId + "_" + key;
  }

  /* What the page was drawn with. */
  Timely.adopt = function (drawn) {
    var i, topic, isOlder = false;
    page = drawn;
    follows = {};
    for (i = 0; i < page.topics.length; i += 1) {
      topic = topicOf(page.topics[i], page.event_id);
      follows[topic] = page.topics[i];
      if (epoch === page.epoch && have[topic] > (page.versions[page.topics[i]] || 0)) { isOlder = true; }
      have[topic] = page.versions[page.topics[i]] || 0;
    }
    epoch = page.epoch;
    // Drawn before a message that has come since: what it told is asked for again.
    if (isOlder) { ask(); }
  };

  function request() {
    var asked = { topics: page.topics, versions: {}, epoch: epoch }, topic;
    if (page.event_id) { asked.event_id = page.event_id; }
    if (page.key) { asked.key = page.key; }
    if (page.key) { asked.key = page.key; }
    for (topic in follows) { if (have[topic]) { asked.versions[follows[topic]] = have[topic]; } }
    return asked;
  }

  /* Subscribes again, at most once a second: the server sends what is missing. */
  function ask() {
    clearTimeout(askTimer);
    askTimer = setTimeout(function () {
      askedAt = now();
      Timely.transport.subscribe();
    }, Math.max(0, askedAt + 1000 - now()));
  }

  /* Another epoch: the database was restored, and words that no topic tells may have changed with it. */
  function forget(other) {
    epoch = other;
    have = {};
    ask();
    Timely.heal.soon(3000);
  }

  /* The server has newer versions. The message may be on its way: a second is waited before it counts as lost. */
  function compare(heartbeat) {
    var key, topic, isLate = false;
    if (heartbeat.epoch && heartbeat.epoch !== epoch) { forget(heartbeat.epoch); return; }
    for (key in heartbeat.versions || {}) {
      topic = topicOf(key, heartbeat.event_id);
      if (follows[topic] && heartbeat.versions[key] > (have[topic] || 0)) { isLate = true; }
    }
    if (!isLate || lateTimer) { return; }
    lateTimer = setTimeout(function () {
      var k, t;
      lateTimer = 0;
      for (k in heartbeat.versions) {
        t = topicOf(k, heartbeat.event_id);
        if (follows[t] && heartbeat.versions[k] > (have[t] || 0)) { ask(); return; }
      }
    }, 1000);
  }

  /* No longer to be seen, or gone: the server says so itself when the page is asked for again. */
  function refused(error) { if (error && error.code === "not_found") { Timely.heal.soon(2000); } }

  function message(envelope) {
    var mine;
    Timely.light.heard();
    if (envelope.type === "heartbeat") { compare(envelope.data); return; }
    if (envelope.type === "error") { refused(envelope.data); return; }
    if (typeof envelope.version !== "number" || !follows[envelope.topic]) { return; }
    if (envelope.epoch !== epoch) {
      forget(envelope.epoch);
      if (envelope.since !== 0) { return; }
    }
    mine = have[envelope.topic] || 0;
    if (envelope.version <= mine) { return; }
    if (envelope.since > mine) { ask(); return; }
    have[envelope.topic] = envelope.version;
    (Timely.moving || function (act) { act(); })(function () { Timely.show(envelope); });
    if (Timely.shown) { Timely.shown(envelope); }
  }

  function acknowledged(answer) {
    if (answer && answer.ok) {
      Timely.light.heard();
      if (answer.epoch && answer.epoch !== epoch) { forget(answer.epoch); }
    } else if (answer) {
      refused(answer.error);
    }
  }

  function wake() {
    if (document.hidden) { return; }
    Timely.light.doubt();
    Timely.transport.wake();
  }

  var drawn = document.body.getAttribute("data-live");
  if (!drawn || !window.JSON || !window.XMLHttpRequest || !document.addEventListener) { return; }
  Timely.adopt(JSON.parse(drawn));
  Timely.light.start();
  Timely.transport.start({
    request: request,
    opened: function () { Timely.light.opened(); },
    closed: function () { Timely.light.closed(); },
    acknowledged: acknowledged,
    message: message
  });
  document.addEventListener("visibilitychange", wake, false);
  window.addEventListener("pageshow", function (shown) { if (shown.persisted) { wake(); } }, false);
}(window.Timely));
