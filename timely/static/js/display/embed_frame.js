/* Embedded page: reports its height to the page around its iframe. */
(function (Timely) {
  "use strict";
  var page = document.getElementById("main"), told = 0, before;
  if (window.parent === window || !window.parent.postMessage || !window.addEventListener) { return; }

  // The height is not secret, and frame-ancestors decides who may embed the page.
  function tell() {
    var height = page.offsetHeight;
    if (height === told) { return; }
    told = height;
    window.parent.postMessage({ timelyHeight: height }, "*");
  }

  before = Timely.shown;
  Timely.shown = function (envelope) {
    if (before) { before(envelope); }
    tell();
  };
  window.addEventListener("resize", tell, false);
  window.addEventListener("load", tell, false);
  document.addEventListener("click", function () { setTimeout(tell, 0); }, false);
  tell();
  // Fonts that load and rows that open change the height too.
  setInterval(tell, 2000);
}(window.Timely || {}));
