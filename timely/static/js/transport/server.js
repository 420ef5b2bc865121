/* Server address and requests: the origin of this script, an XMLHttpRequest with a time-out, a monotonic clock. */
window.Timely = window.Timely || {};
(function (Timely) {
  "use strict";

  /* The script tag that loads this. Without document.currentScript it is the last in the page while it runs. */
  function ownTag() {
    var tags = document.getElementsByTagName("script"), i;
    if (document.currentScript) { return document.currentScript; }
    for (i = tags.length - 1; i >= 0; i -= 1) { if (/\/live\.js(\?|$)/.test(tags[i].src)) { return tags[i]; } }
    return tags[tags.length - 1];
  }

  function originOf(tag) {
    var found = /^https?:\/\/[^\/?#]+/.exec((tag && (tag.getAttribute("data-server") || tag.src)) || "");
    return found ? found[0] : location.protocol + "//" + location.host;
  }

  /* Calls done(status, text) once; the status is 0 if there was no response within *timeout* milliseconds. */
  function get(path, done, timeout) {
    var request = new XMLHttpRequest(), isOver = false, timer;
    function finish(status, text) {
      if (isOver) { return; }
      isOver = true;
      clearTimeout(timer);
      done(status, text);
    }
    request.open("GET", Timely.server + path, true);
    request.onreadystatechange = function () {
      if (!isOver && request.readyState === 4) { finish(request.status, request.responseText); }
    };
    timer = setTimeout(function () {
      finish(0, "");
      request.abort();
    }, timeout);
    request.send(null);
    return {
      cancel: function () {
        isOver = true;
        clearTimeout(timer);
        request.abort();
      }
    };
  }

  /* Monotonic milliseconds, for measuring ages; they stand still for a moment when the clock is set back.
     performance.now() does not serve: in some engines it stops while the device sleeps. */
  var latest = 0, ahead = 0;
  function now() {
    var time = new Date().getTime() + ahead;
    if (time < latest) {
      ahead += latest - time;
      time = latest;
    }
    latest = time;
    return time;
  }

  Timely.now = now;
  Timely.server = originOf(ownTag());
  Timely.get = get;
}(window.Timely));
