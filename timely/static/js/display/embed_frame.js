/* Embedded page: reports its height to the page around its iframe. */
(function (Timely) {
  "use strict";
  var page = document.getElementById("main"), sent = 0, before;
  if (window.parent === window || !window.parent.postMessage || !window.addEventListener) { return; }

  // The height is not secret, and frame-ancestors decides who may embed the page.
  function sendHeight() {
    var height = page.offsetHeight;
    if (height === sent) { return; }
    sent = height;
    window.parent.postMessage({ timelyHeight: height }, "*");
  }

  before = Timely.pageChanged;
  Timely.pageChanged = function (envelope) {
    if (before) { before(envelope); }
    sendHeight();
  };
  window.addEventListener("resize", sendHeight, false);
  window.addEventListener("load", sendHeight, false);
  document.addEventListener("click", function () { setTimeout(sendHeight, 0); }, false);
  sendHeight();
  // Fonts that load and rows that open change the height too.
  setInterval(sendHeight, 2000);
}(window.Timely || {}));
