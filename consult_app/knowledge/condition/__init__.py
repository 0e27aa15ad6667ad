"""The closed language in which content says when a rule fires.

A condition answers yes, no or unknown (Kleene). It is written as TOML inline tables, read once into
frozen nodes by `reader`, and has no expressions. T is the treatment date, else the
consult date, else today.

Combinators
    { all = [..] }  { any = [..] }  { not = {..} }
    { unless = {..} }        it is not known to hold: yes also where it is unknown

Entry test: { entry = "conditions|medications|procedures|exposures|allergies",
              code = "x" | ["x", "y"], further keys, all holding for one and the same entry }
    status = ["active"]      its status is one of these; a medicine without one is current, or
                             stopped when a last dose is given; a condition without one is over
                             when the day that ended it is given
    place = "overlap"        its zones against the treated ones: overlap, region, elsewhere,
                             anywhere; or "face": it lies in the face
    on = ["face", "ears"]    its zones lie in, or hold, one of these areas
    where = { iga = { at_least = 3 }, hba1c_pct = { at_least = 8.5, missing = "no" } }
                             is, is_not, in, at_least, above, below, at_most; `missing` says what
                             an attribute not given means; without it that is unknown
    missing = "hba1c_pct"    the attribute is not given
    given = "date_healed"    the attribute is given
    within = { days = 14, of = "date" }      T < anchor + 14 days; gives the eligible date; yes
                             and open when the date is not given; of = ["a", "b"] takes the later
    since = { months = 6, of = "date" }      T >= anchor + 6 months; no when not given, so that
                             days = 0 asks for a date that is given
    older = { months = 6, of = "date" }      T > anchor + 6 months; yes when not given
    active = { days = 7, of = "last_dose" }  a medicine taken now, or stopped `within` that time
    starts_within = { days = 14, of = "date" }   the date lies in T to T + 14 days
    open = true              a match stays open: something must happen first
    count = { at_least = 2 } so many different codes match

Fact test: { fact = "pregnancy", is = "yes" } with the comparators above and includes = [..] for
    lists; dotted names such as lifestyle.smoker or anaesthetic.grams; dates take within and since
    without `of`. Tests on a numbing cream that is not planned are no.

{ age = { below = 18 } }  completed years on T       { depth = "beyond_guide" }
{ treated = ["eyelid"] }  { treated_face = true }  { treated_region = "head_neck" }
"""

from __future__ import annotations

from consult_app.knowledge.condition.match import Match, Truth
from consult_app.knowledge.condition.nodes import Condition
from consult_app.knowledge.condition.situation import Situation

__all__ = ["Condition", "Match", "Situation", "Truth"]
