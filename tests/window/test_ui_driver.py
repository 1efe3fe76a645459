"""The hands that tours and journeys work the window with."""

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.tour.ui_driver import UiDriver


@pytest.mark.parametrize(
    "text", ["tokens.xlsx", "C:\\Users\\Zoë\\Müller & Söhne", "/home/żółć/مخبز", "花 🌸 shop", "ÿ\u0100", ""]
)
def test_whatever_a_person_can_type_is_typed(qtbot, text):
    window = QWidget()
    field = QLineEdit("before", window)
    field.setObjectName("field")
    qtbot.addWidget(window)
    window.show()
    UiDriver(window).type_into("field", text)
    assert field.text() == text
