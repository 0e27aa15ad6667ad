"""Whose rules hold in a country."""

from __future__ import annotations

from consult_app.domain.history import Jurisdiction

_JURISDICTIONS: dict[str, Jurisdiction] = {"GB": "UK", "UK": "UK", "US": "US", "AU": "AU"}
_EU = frozenset(
    (
        *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"),
        *("IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
    )
)


def jurisdiction_of(country: str) -> Jurisdiction:
    """Return whose rules hold in a country (ISO 3166 two letters)."""
    return _JURISDICTIONS.get(country, "EU" if country in _EU else "OTHER")
