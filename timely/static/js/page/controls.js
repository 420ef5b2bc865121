/* Page controls without a server: table rows that open on a phone, select on click, tabs in view, auto-submit. */
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

  /* Scrolls the current tab into view where the tabs are wider than the screen. */
  function showTab() {
    var tab = document.querySelector(".tabs .is-on"), tabs = tab && tab.parentNode;
    if (tabs && tabs.scrollWidth > tabs.clientWidth) {
      tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
    }
  }
  showTab();

  // A filter form with data-auto is submitted on each change; its button is hidden.
  document.addEventListener("change", function (change) {
    var form = up(change.target, "data-auto");
    if (form) { form.submit(); }
  }, false);
}());
