/* Page boot: connects the page that the server rendered to its live messages, and starts the status indicator. */
(function (Timely) {
  "use strict";
  var rendered = document.body.getAttribute("data-live"), asked = /[?&]transport=(\w+)/.exec(location.search), page, connection;

  function apply(envelope) {
    Timely.keepScroll(function () {
      Timely.applyMessage(envelope);
      if (Timely.pageChanged) { Timely.pageChanged(envelope); }
    });
  }

  /* Takes over the topics, versions and language of a page that was fetched again. */
  Timely.adoptVersions = function (fresh) {
    document.documentElement.lang = fresh.lang;
    connection.adopt(fresh.topics, fresh.versions, fresh.epoch, fresh.lang);
    Timely.statusIndicator.draw();
  };

  if (!rendered || !window.JSON || !window.XMLHttpRequest || !document.addEventListener) { return; }
  page = JSON.parse(rendered);
  connection = Timely.live(page.event_id || null, {
    topics: page.topics,
    versions: page.versions,
    epoch: page.epoch,
    key: page.key,
    lang: page.lang,
    transport: asked ? asked[1] : undefined,
    canLoad: true,
    page: page.page,
    onMessage: apply,
    onState: function () { Timely.statusIndicator.draw(); },
    // The server closes connections when a session ends: ask whether that is why.
    onLost: function () { if (Timely.session) { Timely.session.check(); } },
    // Not public any more, or gone: the page that is fetched again says so.
    onError: function (error) { if (error.code === "not_found") { Timely.pageRefresh.soon(2000); } },
    // The database was restored: text that is in no topic may have changed as well.
    onRestored: function () { Timely.pageRefresh.soon(3000); }
  });
  Timely.connection = connection;
  Timely.statusIndicator.start(connection);
}(window.Timely));
