"""What there is to know where the practice has another kind of device than was planned."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_sentence
from consult_app.knowledge.protocol.concern import Device
from consult_app.settings import Practice
from consult_app.wording import t

SETTINGS = t("The settings name another device: {ours}.")
NONE = t("The settings name no device.")
WRITTEN = t("Another device is written here than was planned: {ours}.")
PLANNED = t("Depths and label are those of the one planned: {planned}.")
SHALLOWER = t(
    "The label in the settings ends at {here} mm. A treatment with that device goes no deeper."
)
ANEW = t("Where that one is not used, begin a return visit and plan anew.")


def tell_other(desk: Desk, visit: Consultation) -> str:
    """Return that a plan is for another kind of device than is here; empty where it is not.

    What is written of the device in a treatment record counts first, where it is a kind that is
    known. A signed record stays as it was.
    """
    devices, practice = desk.pack.protocol.device_by_id, desk.settings.practice
    planned = visit.plan.device_kind
    written = _find_written(devices, visit)
    ours = practice.device_kind if written in {"", planned} else written
    if visit.state == "signed":
        return ""
    if ours == planned:
        return _tell_shallower(visit, practice)
    lead = SETTINGS if ours == practice.device_kind else WRITTEN
    told = [lead.format(ours=_name(devices, ours)) if ours else NONE]
    if ours in devices and devices[ours].out_of_scope:
        told.append(write_sentence(devices[ours].out_of_scope))
    told.append(PLANNED.format(planned=_name(devices, planned)))
    if visit.kind == "treatment":
        told.append(ANEW)
    return " ".join(told)


def _tell_shallower(visit: Consultation, practice: Practice) -> str:
    """Return that the settings name a shallower label; a treatment is held to that one already."""
    here, most = practice.device_label_max_mm, visit.plan.device_label_max_mm
    less = here is not None and most is not None and here < most
    return SHALLOWER.format(here=f"{here:g}") if less and visit.kind == "consultation" else ""


def _find_written(devices: Mapping[str, Device], visit: Consultation) -> str:
    """Return which kind of device a treatment record names; empty for none that is known."""
    name = visit.treatment.device.strip().casefold() if visit.treatment is not None else ""
    found = (it.id for it in devices.values() if name in {it.id, it.label.casefold()})
    return next(found, "")


def _name(devices: Mapping[str, Device], kind: str) -> str:
    return devices[kind].label if kind in devices else kind
