"""From sheet, view and skin tone to the phototype (screening reference 2.1, first trap)."""

from __future__ import annotations

from consult_app.knowledge.scoring.instruments import PhototypeRule
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phototype:
    """The two phototypes that follow, 1 to 6; None while nothing was said.

    Attributes:
        pigment_risk: The higher: it stands in `facts.phototype` and drives depth and waits.
        sun_advice: The lower, for sun-protection advice.
        formula: How they came about.
        sources: Source ids.
    """

    pigment_risk: int | None
    sun_advice: int | None
    formula: str
    sources: tuple[str, ...]


def settle_phototype(
    rule: PhototypeRule,
    *,
    sheet: int | None,
    seen: int | None,
    tone: int | None,
    begun: int | None = None,
) -> Phototype:
    """Return the phototype for pigment risk and the one for sun-protection advice.

    Args:
        rule: Of the content.
        sheet: What the ten questions or the six descriptions gave, 1 to 6.
        seen: The practitioner's own view, 1 to 6.
        tone: Monk Skin Tone, 1 to 10; it measures tone, so it only ever raises the first.
        begun: What ten questions that are not all answered come to at least. It raises the first
            above what else is known, and by itself it is no phototype.
    """
    dark = tone is not None and tone >= rule.tone_from
    told = [value for value in (sheet, seen) if value is not None]
    raised = [*told, rule.tone_at_least] if dark else told
    begun = begun if begun is not None and raised and begun > max(raised) else None
    said = {
        "sheet": sheet,
        "view": seen,
        f"tone {tone} is at least": _floor(rule, dark=dark),
        "sheet so far is at least": begun,
    }
    parts = [f"{name} {_ROMAN[value]}" for name, value in said.items() if value is not None]
    return Phototype(
        pigment_risk=max(raised, default=None) if begun is None else begun,
        sun_advice=min(told, default=None),
        formula="; ".join(parts),
        sources=rule.sources,
    )


def _floor(rule: PhototypeRule, *, dark: bool) -> int | None:
    return rule.tone_at_least if dark else None


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")
