"""Guards against a Qt for Python that gives away references (6.12.0 on Python 3.10 and 3.11 aborts)."""

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    fired = Signal()


def test_calls_keep_the_references_of_none_and_true(qapp):
    emitter = Emitter()
    nones, trues = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(500):
        emitter.setObjectName("")
        emitter.fired.emit()
    assert abs(sys.getrefcount(None) - nones) < 50
    assert abs(sys.getrefcount(True) - trues) < 50
