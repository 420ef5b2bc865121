/* In a frame on another site: tells the page around it how high this one is. */
(function (Timely) {
  "use strict";
  var page = document.getElementById("main"), told = 0, before;
  if (window.parent === window || !window.parent.postMessage || !window.addEventListener) { return; }

  // The height is no secret, and who frames us is decided by the content policy.
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
  // Fonts and folds change it as well.
  setInterval(tell, 2000);
}(window.Timely || {}));
