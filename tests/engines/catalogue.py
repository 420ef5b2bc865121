"""The engines that the live page is tried in."""

from tests.engines.devtools import Chromium, Chromium65
from tests.engines.engine import Plain, WithScript
from tests.engines.netsurf import NetSurf
from tests.engines.qtwebkit import QtWebKit
from tests.engines.w3m import W3m
from tests.engines.webdriver import Firefox, PhantomJs, WebKitGtk

WITH_SCRIPT: tuple[type[WithScript], ...] = (Chromium, Firefox, WebKitGtk, Chromium65, QtWebKit, PhantomJs)
PLAIN: tuple[type[Plain], ...] = (W3m, NetSurf)
