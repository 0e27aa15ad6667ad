"""The patient's page says of a treatment record whether somebody was needled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.treatment import Treatment
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import make_last


@pytest.mark.parametrize(("treated", "said"), [(False, True), (True, False)])
def test_who_was_not_treated_has_no_treatment_in_the_list(
    window: MainWindow, *, treated: bool, said: bool
) -> None:
    """It stood there as a treatment fifty days ago, signed."""
    last = make_last(window.desk)
    done = replace(last, id="t" * 32, kind="treatment", follows=last.id)
    done = replace(done, treatment=Treatment(treated=treated))
    window.desk.records.sign(done, None, 0)
    window.reception.show_patient(last.patient_id)
    QApplication.processEvents()
    words = [it.text() for it in window.reception.person.findChildren(QLabel)]
    assert any("Signed, not treated" in it for it in words) == said
