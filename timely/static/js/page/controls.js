/* Small comforts that need no server: a row of a table opens on a phone, an address is picked out with one tap. */
(function () {
  "use strict";
  if (!document.addEventListener) { return; }

  function up(node, attribute) {
    while (node && node.nodeType === 1 && node.getAttribute(attribute) === null) { node = node.parentNode; }
    return node && node.nodeType === 1 ? node : null;
  }

  document.addEventListener("click", function (click) {
    var opener = up(click.target, "data-opener"), row = opener && up(opener, "data-row"), field = up(click.target, "data-pick");
    if (row) {
      if (row.getAttribute("data-open") === null) { row.setAttribute("data-open", ""); } else { row.removeAttribute("data-open"); }
      opener.setAttribute("aria-expanded", row.getAttribute("data-open") === null ? "false" : "true");
    }
    if (field && field.select) { field.select(); }
  }, false);

  /* Where the tabs of a page are wider than the screen, the one that is shown is in view. */
  function showTab() {
    var tab = document.querySelector(".tabs .is-on"), tabs = tab && tab.parentNode;
    if (tabs && tabs.scrollWidth > tabs.clientWidth) {
      tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
    }
  }
  showTab();

  // A filter needs no button where a script can press it.
  document.addEventListener("change", function (change) {
    var form = up(change.target, "data-auto");
    if (form) { form.submit(); }
  }, false);
}());
