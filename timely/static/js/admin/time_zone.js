/* Time zone field: proposes the browser's zone for a new event, and shows the current time there. */
(function (Timely) {
  "use strict";
  var field = document.querySelector("[data-zone]"), words = document.querySelector("[data-zone-words]");

  function own() {
    try {
      return new window.Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    } catch (unknown) {
      return "";
    }
  }

  function isListed(name) {
    var options = document.querySelectorAll("#" + field.getAttribute("list") + " option"), i;
    for (i = 0; i < options.length; i += 1) { if (options[i].value === name) { return true; } }
    return false;
  }

  /* The time there, such as "14:32"; empty if the browser does not know the zone. */
  function timeThere(zone) {
    try {
      return new window.Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date());
    } catch (unknown) {
      return "";
    }
  }

  function show() {
    var time = field.value ? timeThere(field.value) : "";
    words.textContent = time ? words.getAttribute("data-zone-words").replace("{}", time) : "";
    Timely.patch.setHidden(words, !time);
  }

  if (!field || !words) { return; }
  if (field.getAttribute("data-zone") === "propose" && isListed(own())) { field.value = own(); }
  field.addEventListener("input", show, false);
  field.addEventListener("change", show, false);
  show();
  setInterval(show, 10000);
}(window.Timely));
