"""Errors carry a title, an advice and one line per fault."""

from __future__ import annotations

from consult_app.errors import ConsultError, ContentError, Fault, FileError, InputError


def test_a_fault_names_its_place_and_then_the_problem() -> None:
    assert str(Fault("facts.zones[1]", "not text: 3")) == "facts.zones[1]: not text: 3"


def test_a_fault_without_a_place_is_only_the_problem() -> None:
    assert str(Fault("", "not JSON")) == "not JSON"


def test_an_error_says_its_title() -> None:
    error = ConsultError("The disk is full", "Free some space.", ("C: 0 bytes free",))
    assert str(error) == "The disk is full"
    assert error.advice == "Free some space."
    assert error.details == ("C: 0 bytes free",)


def test_details_of_bad_input_are_its_faults_in_order() -> None:
    faults = (Fault("b", "missing"), Fault("a", "unknown field"))
    error = InputError("This cannot be read", faults)
    assert error.faults == faults
    assert error.details == ("b: missing", "a: unknown field")


def test_every_expected_failure_is_one_family() -> None:
    """One `except ConsultError` at a border meets them all, and content faults are input faults."""
    assert issubclass(ContentError, InputError)
    assert all(issubclass(kind, ConsultError) for kind in (InputError, FileError))
