"""Which known product a written name is, as far as it matters for needled skin."""

from __future__ import annotations

import re

from consult_app.knowledge.protocol.plan import NumbingProduct, Topical


def find_topical(topicals: tuple[Topical, ...], written: str) -> Topical | None:
    """Return what a product is that must not touch needled skin, or not by itself.

    That is not without a prescriber, or not without a plan that asks what stands against it.

    The names of what may are no sign of it, as *acid* is none in hyaluronic acid.
    """
    asked = None
    for it in (it for it in topicals if it.allowed != "no"):
        for word in map(tidy, it.words):
            if stands_in(word, written):
                asked = it if it.allowed in {"prescriber", "addon"} else asked
                written = written.replace(word, " ")
    refused = (
        it
        for it in topicals
        if it.allowed == "no"
        and any(stands_in(tidy(word), written) for word in it.words)
        and not (it.unless and re.search(rf"(?<!non )(?<!not )\b{it.unless}\b", written))
    )
    return next(refused, asked)


def find_product(products: tuple[NumbingProduct, ...], name: str) -> NumbingProduct | None:
    """Return the numbing cream that somebody wrote down; None for one that nobody knows here."""
    written = tidy(name)
    for product in products:
        known = [tidy(it) for it in (product.id, *product.also)]
        if written == tidy(product.label) or any(stands_in(it, written) for it in known):
            return product
    return None


def tidy(name: str) -> str:
    """Return a name as it is looked for: in small letters, with nothing but spaces between."""
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def stands_in(word: str, written: str) -> bool:
    """Return whether a tidy name holds a word, or several of it."""
    return re.search(rf"\b{re.escape(word)}s?\b", written) is not None
