/* Notification poll for pages that are not live, such as a form. */
(function (Timely) {
  "use strict";
  var EVERY = 15000, box = document.querySelector("[data-notices]"), latest = "";

  /* Shows the current notifications, by topic, from the response of /api/notifications/. */
  function show(answer) {
    var topic;
    for (topic in answer.topics) { Timely.notices.update(topic, answer.topics[topic]); }
  }

  function poll() {
    var request = new XMLHttpRequest();
    if (document.hidden) { return; }
    request.open("GET", box.getAttribute("data-ask"), true);
    request.onreadystatechange = function () {
      if (request.readyState !== 4 || request.status !== 200 || request.responseText === latest) { return; }
      latest = request.responseText;
      try { show(JSON.parse(latest)); } catch (fault) { latest = ""; }
    };
    request.send(null);
  }

  if (box && Timely.notices && Timely.notices.update && window.XMLHttpRequest) { setInterval(poll, EVERY); }
}(window.Timely));
