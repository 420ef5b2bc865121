"""A window of QtWebKit that does what it is told, a line of JSON at a time. Runs under Debian's own Python.

{"open": URL} answers null once the page is asked for, {"evaluate": EXPRESSION} its value as JSON.
"""

import json
import os
import sys

from PyQt5.QtCore import QSocketNotifier, QUrl
from PyQt5.QtWebKit import qWebKitVersion
from PyQt5.QtWebKitWidgets import QWebPage, QWebView
from PyQt5.QtWidgets import QApplication


class Page(QWebPage):
    def javaScriptConsoleMessage(self, message: str, line: int, source: str) -> None:  # noqa: N802 - Qt's name
        print(f"{source}:{line}: {message}", file=sys.stderr, flush=True)


def main() -> None:
    application = QApplication(sys.argv)
    view = QWebView()
    view.setPage(Page(view))
    view.resize(1280, 900)
    view.show()
    answers = os.fdopen(int(sys.argv[1]), "w", buffering=1)
    print(json.dumps(f"WebKit {qWebKitVersion()}"), file=answers)

    def obey() -> None:
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        told = json.loads(line)
        answer = None
        if "open" in told:
            view.load(QUrl(told["open"]))
        else:
            answer = view.page().mainFrame().evaluateJavaScript(f"JSON.stringify({told['evaluate']})")
        print(answer or "null", file=answers)

    # The name keeps the notifier alive.
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
    notifier.activated.connect(obey)
    application.exec_()


if __name__ == "__main__":
    main()
