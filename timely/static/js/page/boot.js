/* Page boot: connects the page that the server rendered to its live messages, and starts the status indicator. */
(function (Timely) {
  "use strict";
  var drawn = document.body.getAttribute("data-live"), asked = /[?&]transport=(\w+)/.exec(location.search), page, own;

  function show(envelope) {
    Timely.steady(function () { Timely.show(envelope); });
    if (Timely.shown) { Timely.shown(envelope); }
  }

  /* Takes over the topics and versions of a page that was fetched again. */
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
    // The server closes connections when a session ends: ask whether that is why.
    onLost: function () { if (Timely.session) { Timely.session.look(); } },
    // Not public any more, or gone: the page that is fetched again says so.
    onError: function (error) { if (error.code === "not_found") { Timely.heal.soon(2000); } },
    // The database was restored: text that is in no topic may have changed as well.
    onRestored: function () { Timely.heal.soon(3000); }
  });
  Timely.own = own;
  Timely.light.start(own);
}(window.Timely));
