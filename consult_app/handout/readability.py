"""How easy the sheet is to read (planning reference 5.1), counted without any word list.

Grades are counted over whole sentences of the personalised words: headings, names, phone numbers
and dates are left out. Items of lists by date and cells of tables flatter a grade, so they only
count for the longest sentence and for long words. The formulas are for English; for other
languages use `lix`, which counts letters and not syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from types import MappingProxyType

from consult_app.handout.compose_length import list_blocks, read_prose
from consult_app.handout.document import Block, DatedList, Handout, KeyPoints, Table
from consult_app.handout.text import close, plain
from consult_app.values import dataclass

LONG = 3
"""Syllables from which a word is long."""
MOST_WORDS = 20
"""In a sentence."""
ENOUGH = 8
"""Words from which one sentence has a grade worth telling."""
HARD_GRADE = 8
_LONG_LETTERS = 7
_SMOG_SAMPLE = 30
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_DATE = re.compile(
    r"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ \u00a0])?\S*\d\S*\u00a0"
    r"(?!(?:minutes|hours|days?|weeks?|months?|years|people|times|visits)\b)"
    r"[^\s.!?]*,?(?: \d{4})?"
)
"""A date, time or depth; how long something takes is said in words that count."""
_VOWELS = re.compile(r"[aeiouy]+")

SYLLABLES = MappingProxyType(
    {
        "area": 3, "being": 2, "breathe": 1, "clothes": 1, "create": 2,
        "doing": 2, "every": 2, "everyone": 3, "experience": 4, "going": 2, "idea": 3,
        "collagen": 3, "medicine": 3, "microneedling": 4, "minoxidil": 4,
        "needle": 2, "needling": 2, "people": 2, "pillow": 2, "pimple": 2,
        "quiet": 2, "radius": 3, "science": 2, "sometimes": 2, "something": 2, "sometime": 2,
        "trial": 2, "trying": 2, "useful": 2, "careful": 2, "safely": 2, "likely": 2,
        "makeup": 2, "tired": 1, "diet": 2, "fluid": 2, "ruin": 2, "lion": 2, "via": 2,
        "evening": 2, "different": 2, "several": 2, "interest": 2, "business": 2,
    }
)  # fmt: skip
"""Words whose vowels mislead the counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How easy some words are.

    Attributes:
        words, sentences: How many were counted.
        grade: Flesch-Kincaid grade.
        smog: SMOG grade.
        lix: LIX, for any language.
        mean: Words in a sentence on average.
        longest: Words in the longest sentence or item.
        long_share: Part of the words that have three syllables or more.
        long_words: Those words, each once, in order of the alphabet.
    """

    words: int
    sentences: int
    grade: float
    smog: float
    lix: float
    mean: float
    longest: int
    long_share: float
    long_words: tuple[str, ...]


def measure(handout: Handout) -> Reading:
    """Return how easy the sheet is to read."""
    names = frozenset(
        word.lower()
        for text in (handout.made_for, handout.clinic_name, handout.footer)
        for word in _WORD.findall(text)
        if word[:1].isupper()
    )
    sentences: list[str] = []
    items: list[str] = []
    for block in list_blocks(handout):
        (items if _is_fragment(block) else sentences).extend(_read(block))
    return measure_texts(sentences, items, without=names)


def measure_texts(
    texts: Iterable[str], items: Iterable[str] = (), *, without: frozenset[str] = frozenset()
) -> Reading:
    """Return how easy sentences are to read.

    Args:
        texts: Each one sentence or more.
        items: Fragments that count for the longest sentence and for long words only.
        without: Words that are left out, such as names, in small letters.
    """
    counted = [words for text in texts for words in _split(text, without)]
    fragments = [words for item in items for words in _split(item, without)]
    words = [word for sentence in counted for word in sentence]
    sentences = max(len(counted), 1)
    total = max(len(words), 1)
    syllables = sum(count_syllables(word) for word in words)
    long = [word for word in words if count_syllables(word) >= LONG]
    every = long + [w for item in fragments for w in item if count_syllables(w) >= LONG]
    mean = len(words) / sentences
    return Reading(
        words=len(words),
        sentences=len(counted),
        grade=0.39 * mean + 11.8 * syllables / total - 15.59 if words else 0.0,
        smog=1.043 * math.sqrt(len(long) * _SMOG_SAMPLE / sentences) + 3.129,
        lix=mean + 100 * sum(len(word) >= _LONG_LETTERS for word in words) / total,
        mean=mean,
        longest=max((len(sentence) for sentence in counted + fragments), default=0),
        long_share=len(long) / total,
        long_words=tuple(sorted({word.lower() for word in every})),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """A sentence that is too hard to read, with the reasons in words.

    Attributes:
        sentence: As it was written.
        why: Why it is too hard.
    """

    sentence: str
    why: str


def find_hard(text: str) -> tuple[Hard, ...]:
    """Return the sentences of a text that somebody should say more simply.

    A sentence is too hard with more than 20 words, or, from 8 words on, above grade 8; shorter
    ones only where they have two words of four syllables or more (planning reference 5.1).
    """
    found = []
    for sentence in _SENTENCE.split(plain(text).strip()):
        words = _WORD.findall(sentence)
        long = [word for word in words if count_syllables(word) > LONG and word.islower()]
        if len(words) > MOST_WORDS:
            found.append(Hard(sentence=sentence, why=f"{len(words)} words; at most {MOST_WORDS}"))
        elif len(long) > 1:
            found.append(Hard(sentence=sentence, why=f"long words: {', '.join(long)}"))
        elif len(words) >= ENOUGH and (grade := measure_texts([sentence]).grade) > HARD_GRADE:
            found.append(Hard(sentence=sentence, why=f"reading grade {grade:.0f}"))
    return tuple(found)


def count_syllables(word: str) -> int:
    """Return the syllables of an English word, by its groups of vowels."""
    small = word.lower().replace("\u2019", "'").removesuffix("'s")
    if small in SYLLABLES:
        return SYLLABLES[small]
    stem = small[:-1] if small.endswith("s") and small[:-1] in SYLLABLES else small
    if stem in SYLLABLES:
        return SYLLABLES[stem]
    groups = len(_VOWELS.findall(small))
    if groups > 1 and _ends_silently(small):
        groups -= 1
    return max(groups, 1)


def _ends_silently(word: str) -> bool:
    if word.endswith("le"):
        return word[-3:-2] in "aeiouy"
    if word.endswith("ed"):
        return word[-3:-2] not in "td"
    if word.endswith("es"):
        return not word.endswith(("ses", "xes", "zes", "ces", "ches", "shes", "ges", "ies", "les"))
    return word.endswith("e") and word[-2:-1] not in "aeiouy"


def _is_fragment(block: Block) -> bool:
    return isinstance(block, DatedList | Table | KeyPoints)


def _read(block: Block) -> list[str]:
    if isinstance(block, DatedList):
        return [item.text for item in block.items]
    return [close(text) for text in read_prose(block)]


def _split(text: str, without: frozenset[str]) -> list[list[str]]:
    sentences = _SENTENCE.split(plain(_DATE.sub("", text)))
    words = [
        [word for word in _WORD.findall(sentence) if word.lower() not in without]
        for sentence in sentences
    ]
    return [sentence for sentence in words if sentence]
