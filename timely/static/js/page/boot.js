/* Timely's own pages: ties what arrives to the page that the server has drawn, and lights its light. */
(function (Timely) {
  "use strict";
  var drawn = document.body.getAttribute("data-live"), asked = /[?&]transport=(\w+)/.exec(location.search), page, own;

  function show(envelope) {
    Timely.steady(function () { Timely.show(envelope); });
    if (Timely.shown) { Timely.shown(envelope); }
  }

  /* What the page, fetched again, was drawn with. */
  Timely.adopt = function (fresh) { own.adopt(fresh.topics, fresh.versions, fresh.epoch); };

  if (!drawn || !window.JSON || !window.XMLHttpRequest || !document.addEventListener) { return; }
  page = JSON.parse(drawn);
  own = Timely.live(page.event_id || null, {
    topics: page.topics,
    versions: page.versions,
    epoch: page.epoch,
    key: page.key,
    transport: asked ? asked[1] : undefined,
    canLoad: true,
    page: page.page,
    onMessage: show,
    onState: function () { Timely.light.draw(); },
    // Connections end with the sign-in; whose page it still is, only the server knows.
    onLost: function () { if (Timely.session) { Timely.session.look(); } },
    // No longer to be seen, or gone: the server says so itself when the page is asked for again.
    onError: function (error) { if (error.code === "not_found") { Timely.heal.soon(2000); } },
    // The database was put back to another state: words that no topic tells may have changed with it.
    onRestored: function () { Timely.heal.soon(3000); }
  });
  Timely.own = own;
  Timely.light.start(own);
}(window.Timely));
