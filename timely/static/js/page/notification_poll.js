/* Notification poll for pages that are not live, such as a form. */
(function (Timely) {
  "use strict";
  var EVERY = 15000, box = document.querySelector("[data-notices]"), latest = "";

  /* Shows the current notifications, by topic, from the response of /api/notifications/. */
  function taken(answer) {
    var topic;
    for (topic in answer.topics) { Timely.notices.take(topic, answer.topics[topic]); }
  }

  function ask() {
    var request = new XMLHttpRequest();
    if (document.hidden) { return; }
    request.open("GET", box.getAttribute("data-ask"), true);
    request.onreadystatechange = function () {
      if (request.readyState !== 4 || request.status !== 200 || request.responseText === latest) { return; }
      latest = request.responseText;
      try { taken(JSON.parse(latest)); } catch (fault) { latest = ""; }
    };
    request.send(null);
  }

  if (box && Timely.notices && Timely.notices.take && window.XMLHttpRequest) { setInterval(ask, EVERY); }
}(window.Timely));
