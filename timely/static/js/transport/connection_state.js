/* Connection state, from the age of the last message: connecting, live, reconnecting or stale. */
(function (Timely) {
  "use strict";
  var FRESH = 1.5 * Timely.heartbeat, STALE = 3 * Timely.heartbeat;
  // A connection that is closed for no longer is still live.
  var RECONNECTED_WITHIN = 1500;
  // After a sleep or a clock change there is time to ask before "stale" is shown.
  var SLEEP = 5000, ANSWERED_WITHIN = 4000;

  /* *changed(state)* is called with each new state. */
  function ConnectionState(changed) {
    var self = this;
    this.changed = changed;
    this.state = "";
    this.startedAt = Timely.now();
    this.messageAt = this.closedAt = this.updatedAt = this.wokeAt = 0;
    this.isInDoubt = false;
    this.timer = setInterval(function () { self.update(); }, 1000);
  }

  ConnectionState.prototype = {
    current: function () { return this.state || "connecting"; },

    /* When the last message came, in wall-clock time, because the page shows it. */
    lastMessageAt: function () { return this.messageAt && new Date().getTime() - (Timely.now() - this.messageAt); },

    stateAt: function (time) {
      var age = time - (this.messageAt || this.startedAt), isClosed = this.closedAt && time - this.closedAt > RECONNECTED_WITHIN;
      if (this.messageAt && age < FRESH && !this.isInDoubt && !isClosed) { return "live"; }
      if (age >= STALE && !(this.wokeAt && time - this.wokeAt < ANSWERED_WITHIN)) { return "stale"; }
      return this.messageAt ? "reconnecting" : "connecting";
    },

    update: function () {
      var time = Timely.now(), next;
      if (this.updatedAt && time - this.updatedAt > SLEEP) { this.wokeAt = time; }
      this.updatedAt = time;
      next = this.stateAt(time);
      if (next !== this.state) {
        this.state = next;
        this.changed(next);
      }
    },

    messageCame: function () {
      this.messageAt = Timely.now();
      this.isInDoubt = false;
      this.closedAt = 0;
      if (this.state !== "live") { this.update(); }
    },

    /* After a sleep: live only once a message has come, unless the last one is recent. */
    doubt: function () {
      this.isInDoubt = Timely.now() - this.messageAt >= FRESH;
      this.update();
    },

    closed: function () { this.closedAt = this.closedAt || Timely.now(); },

    stop: function () { clearInterval(this.timer); }
  };

  Timely.ConnectionState = ConnectionState;
}(window.Timely));
