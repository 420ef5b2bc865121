/* Transport ladder: the order in which transports are tried, when one counts as dead, and which comes next. */
(function (Timely) {
  "use strict";
  var ANSWER_TIMEOUT = 4000;        // no response for so long after a request: the transport is dead
  var MESSAGE_TIMEOUT = 1.5 * Timely.heartbeat;
  var FIRST_MESSAGE_TIMEOUT = 8000;
  var RETRY_FIRST_AFTER = 300000;   // from a fallback the preferred transport is retried after so long
  var RETRY_FIRST_AT_MOST = 2400000;  // longest pause between such retries, which doubles each time
  var SLEEP = 5000;                 // the timer runs every second; a longer gap means that the device slept
  var transports = [];

  /* Transports in the order in which they are tried. One has name, isPossible(owner), and open(channel), which returns
     {subscribe(request), ping(), close()} and perhaps unsubscribe(request). With isOnRequest it is used only where a
     page asks for it by name. */
  Timely.addTransport = function (transport, before) {
    var i;
    for (i = 0; i < transports.length && transports[i].name !== before; i += 1) { /* find the position */ }
    transports.splice(i, 0, transport);
  };

  /* What one transport calls. Calls from a transport that was replaced are ignored. */
  function Channel(ladder) {
    var attempt = ladder.attempt;
    function guarded(method) {
      return function (value) { if (attempt === ladder.attempt) { ladder[method](value); } };
    }
    this.request = function () { return ladder.owner.request(); };
    this.opened = guarded("opened");
    this.closed = guarded("closed");
    this.failed = guarded("failed");
    this.doubted = guarded("doubted");
    this.acknowledged = guarded("acknowledged");
    this.message = guarded("message");
  }

  /* *owner* has request(), opened(), closed(), acknowledged(answer), message(envelope), canLoad (whether the page can
     be fetched again). *preferred* is the name of the transport to begin with. */
  function TransportLadder(owner, preferred) {
    var self = this;
    this.owner = owner;
    this.index = this.first = 0;
    this.transport = null;
    this.isOpen = this.isProven = false;
    this.attempt = 0;
    this.messageAt = this.openedAt = this.fellBackAt = this.tickedAt = this.answerTimer = 0;
    this.retryAfter = RETRY_FIRST_AFTER;
    this.first = this.preferredIndex(preferred);
    this.open(this.first);
    this.timer = setInterval(function () { self.tick(); }, 1000);
  }

  TransportLadder.prototype = {
    name: function () { return transports[this.index].name; },

    preferredIndex: function (name) {
      var i;
      for (i = 0; name && i < transports.length; i += 1) {
        if (transports[i].name === name && transports[i].isPossible(this.owner)) { return i; }
      }
      return this.possibleFrom(0);
    },

    /* The index of the next transport from *index* on that this browser supports; if there is none, of the first. */
    possibleFrom: function (index) {
      var i;
      for (i = index; i < transports.length; i += 1) {
        if (!transports[i].isOnRequest && transports[i].isPossible(this.owner)) { return i; }
      }
      return this.first;
    },

    open: function (index) {
      var old = this.transport;
      this.transport = null;
      this.stopAnswerTimer();
      this.attempt += 1;
      this.isOpen = this.isProven = false;
      if (old) { old.close(); }
      this.index = index;
      this.openedAt = Timely.now();
      if (index !== this.first) { this.fellBackAt = this.openedAt; }
      Timely.transportName = this.name();
      this.transport = transports[index].open(new Channel(this));
    },

    reopen: function () { this.open(this.index); },

    openNext: function () { this.open(this.possibleFrom(this.index + 1)); },

    close: function () {
      clearInterval(this.timer);
      this.stopAnswerTimer();
      this.attempt += 1;
      if (this.transport) { this.transport.close(); }
      this.transport = null;
    },

    // Called by the open transport.
    opened: function () {
      this.isOpen = true;
      this.openedAt = Timely.now();
      this.owner.opened();
      this.subscribe();
    },

    /* A connection that worked and was lost is reopened, so nothing is counted against the transport. */
    closed: function () {
      this.isOpen = false;
      this.stopAnswerTimer();
      this.owner.closed();
    },

    failed: function () {
      this.isOpen = false;
      this.owner.closed();
    },

    doubted: function () {
      if (!this.isOpen) { return; }
      this.transport.ping();
      this.expectAnswer("openNext");
    },

    acknowledged: function (answer) {
      this.answered();
      this.owner.acknowledged(answer);
    },

    message: function (envelope) {
      this.answered();
      this.owner.message(envelope);
    },

    answered: function () {
      this.messageAt = Timely.now();
      this.isProven = true;
      this.stopAnswerTimer();
    },

    // Called by the owner.
    subscribe: function () {
      if (!this.transport || !this.isOpen) { return; }
      this.transport.subscribe(this.owner.request());
      this.expectAnswer("openNext");
    },

    unsubscribe: function (request) {
      if (this.transport && this.isOpen && this.transport.unsubscribe) {
        this.transport.unsubscribe(request);
      } else {
        this.subscribe();
      }
    },

    ping: function () { if (this.transport && this.isOpen) { this.transport.ping(); } },

    /* After a sleep the connection may be dead: subscribes again, and reopens if there is no response. */
    wake: function () {
      this.stopAnswerTimer();
      if (!this.transport || !this.isOpen) { this.reopen(); return; }
      this.openedAt = Timely.now();
      this.transport.subscribe(this.owner.request());
      this.expectAnswer("reopen");
    },

    /* *failed* names the method that is called if there is no answer in time. */
    expectAnswer: function (failed) {
      var self = this;
      if (this.answerTimer) { return; }
      this.answerTimer = setTimeout(function () {
        self.answerTimer = 0;
        // An attempt that began only when the server came back gets its full time as well.
        self.ifServerAnswers(
          failed, self.isOpen ? Math.max(0, ANSWER_TIMEOUT - (Timely.now() - self.openedAt)) : ANSWER_TIMEOUT
        );
      }, ANSWER_TIMEOUT);
    },

    stopAnswerTimer: function () {
      clearTimeout(this.answerTimer);
      this.answerTimer = 0;
    },

    /* Calls the method only if the server answers: while it is down no transport is to blame. *grace* is time to
       reconnect to a server that has just restarted. */
    ifServerAnswers: function (method, grace) {
      var self = this, attempt = this.attempt, askedAt = Timely.now();
      function act() { if (attempt === self.attempt && self.messageAt < askedAt) { self[method](); } }
      Timely.get("/healthz?" + askedAt, function (status) {
        if (status === 200 && attempt === self.attempt) { setTimeout(act, grace); }
      }, MESSAGE_TIMEOUT);
    },

    tick: function () {
      var time = Timely.now(), hasSlept = this.tickedAt && time - this.tickedAt > SLEEP;
      this.tickedAt = time;
      if (hasSlept && !document.hidden) { this.wake(); return; }
      if (time - Math.max(this.messageAt, this.openedAt) > (this.isProven ? MESSAGE_TIMEOUT : FIRST_MESSAGE_TIMEOUT)) {
        this.openedAt = time;
        if (this.isProven) { this.ifServerAnswers("reopen", 0); } else { this.ifServerAnswers("openNext", ANSWER_TIMEOUT); }
      }
      this.retryFirst(time);
    },

    /* From a fallback, the preferred transport is tried again from time to time. */
    retryFirst: function (time) {
      if (this.index !== this.first && time - this.fellBackAt > this.retryAfter) {
        this.retryAfter = Math.min(this.retryAfter * 2, RETRY_FIRST_AT_MOST);
        this.open(this.first);
      } else if (this.index === this.first && this.isProven && time - this.openedAt > RETRY_FIRST_AFTER) {
        this.retryAfter = RETRY_FIRST_AFTER;
      }
    }
  };

  Timely.TransportLadder = TransportLadder;
}(window.Timely));
