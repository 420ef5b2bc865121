/* Embed loader for other sites: puts an iframe with a live table at its script tag, and fits its height. */
(function () {
  "use strict";
  var ADDRESS = /^(https?:\/\/[^\/?#]+)\/embed\/([^\/?#]+)\.js(\?[^#]*)?/;

  /* The script tag that loads this. Without document.currentScript it is the last one that is not done yet. */
  function ownTag() {
    var tags = document.getElementsByTagName("script"), i;
    if (document.currentScript) { return document.currentScript; }
    for (i = tags.length - 1; i >= 0; i -= 1) {
      if (ADDRESS.test(tags[i].src) && !tags[i].getAttribute("data-done")) { return tags[i]; }
    }
    return null;
  }

  function addArgument(name, value) {
    if (value) { query += (query ? "&" : "?") + name + "=" + encodeURIComponent(value); }
  }

  var tag = ownTag(), parts = tag && ADDRESS.exec(tag.src), query, frame;
  if (!parts) { return; }
  tag.setAttribute("data-done", "1");
  query = parts[3] || "";
  addArgument("theme", tag.getAttribute("data-theme"));
  addArgument("lang", tag.getAttribute("data-lang"));
  frame = document.createElement("iframe");
  frame.src = parts[1] + "/embed/events/" + parts[2] +
    (tag.getAttribute("data-show") === "schedule" ? "/schedule/" : "/leaderboard/") + query;
  frame.title = tag.getAttribute("data-title") || "Live results";
  frame.style.width = "100%";
  frame.style.height = (parseInt(tag.getAttribute("data-height"), 10) || 420) + "px";
  frame.style.border = "0";
  tag.parentNode.insertBefore(frame, tag.nextSibling);

  if (!window.addEventListener) { return; }
  window.addEventListener("message", function (event) {
    var height = event.data && event.data.timelyHeight;
    if (event.source !== frame.contentWindow || event.origin !== parts[1]) { return; }
    if (typeof height === "number" && height > 0 && height < 100000) { frame.style.height = Math.ceil(height) + "px"; }
  }, false);
}());
