"""Dataclasses that cost next to nothing to define.

`dataclasses.dataclass` writes six methods as text for each class, compiles them when its module is
imported, and builds the class twice. With the two hundred classes of this program that was most of
the time a command took. The decorator here means the same, to people as to type checkers, and its
methods need no compiling. The functions of the standard library understand these classes, and the
functions here those of the standard library.
"""

# ruff: noqa: PLC0415 - the standard library's module costs what this one saves

from __future__ import annotations

import operator
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["MISSING", "dataclass", "field", "fields", "is_dataclass", "replace"]

Kind = Any
Method = Callable[..., Any]
Methods = Mapping[str, Any]

_FIELDS = "_value_fields"
_NOTHING: Any = object()
_DEFAULTS = ("default", "default_factory")


class _Field:
    """One field; the attributes mean what they do in the standard library."""

    __slots__ = ("compare", "default", "default_factory", "init", "name", "repr", "type")

    def __init__(
        self,
        *,
        default: object = _NOTHING,
        default_factory: Callable[[], object] = _NOTHING,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - its name in the standard library
        compare: bool = True,
    ) -> None:
        self.name = self.type = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare


def _decorate(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, order: bool = False
) -> Callable[[Kind], Kind]:
    """Return what makes a dataclass of a class with annotated names."""

    def build(kind: Kind) -> Kind:
        explicit = set(kind.__dict__)
        inherited = {each.name: each for each in getattr(kind, _FIELDS, ())}
        own = {each.name: each for each in _find_own(kind)}
        every = tuple({**inherited, **own}.values())
        made = _with_slots(kind, own, inherited) if slots else _with_defaults(kind, own)
        methods = {
            **_hold(made, [each for each in every if each.init], kw_only=kw_only),
            **_carry(made, [each.name for each in every]),
            **_compare_by([each.name for each in every if each.compare], order=order),
            **_show_by([each.name for each in every if each.repr]),
            **(_FROZEN if frozen else {"__hash__": None}),
            "__match_args__": () if kw_only else tuple(each.name for each in every),
            "__dataclass_fields__": _Standard("__dataclass_fields__"),
            "__dataclass_params__": _Standard("__dataclass_params__"),
        }
        for name, method in methods.items():
            if name not in explicit:
                setattr(made, name, method)
        setattr(made, _FIELDS, every)
        return made

    return build


def _find_own(kind: Kind) -> Iterator[_Field]:
    """Yield the fields that stand in the body of a class.

    Raises:
        TypeError: A default could be changed by whoever gets it.
    """
    for name, annotation in kind.__annotations__.items():
        if annotation.startswith("ClassVar"):
            continue
        given = kind.__dict__.get(name, _NOTHING)
        each = given if isinstance(given, _Field) else _Field(default=given)
        if type(each.default).__hash__ is None:
            raise TypeError(f"{kind.__name__}.{name}: a default that can be changed")
        each.name, each.type = name, annotation
        yield each


def _with_slots(kind: Kind, own: Mapping[str, _Field], inherited: Mapping[str, _Field]) -> Kind:
    """Return the class anew, since none can be given slots later."""
    left_out = {*own, "__dict__", "__weakref__"}
    body = {name: item for name, item in kind.__dict__.items() if name not in left_out}
    body["__slots__"] = tuple(name for name in own if name not in inherited)
    body["__qualname__"] = kind.__qualname__
    return type(kind)(kind.__name__, kind.__bases__, body)


def _with_defaults(kind: Kind, own: Mapping[str, _Field]) -> Kind:
    for each in own.values():
        if each.default is not _NOTHING:
            setattr(kind, each.name, each.default)
        elif each.name in kind.__dict__:
            delattr(kind, each.name)
    return kind


def _hold(kind: Kind, every: list[_Field], *, kw_only: bool) -> Methods:
    """Return the methods that put what a value is made of in its place."""
    names = [each.name for each in every]
    puts = [(name, _find_put(kind, name)) for name in names]
    defaults = {each.name: each.default for each in every if each.default is not _NOTHING}
    factories = {e.name: e.default_factory for e in every if e.default_factory is not _NOTHING}
    complete = _complete_by(kind, factories, [] if kw_only else names)
    check = getattr(kind, "__post_init__", None)

    def init(self: object, *values: object, **given: object) -> None:
        held = {**defaults, **given}
        if values or factories:
            complete(held, values, given)
        try:
            for name, put in puts:
                put(self, held.pop(name))
        except KeyError as error:
            raise TypeError(f"{kind.__qualname__}: {error} is missing") from None
        if held:
            raise TypeError(f"{kind.__qualname__} has no {', '.join(held)}")
        if check is not None:
            check(self)

    return {"__init__": init}


def _complete_by(kind: Kind, factories: Methods, unnamed: list[str]) -> Method:
    """Return what adds to `held` what was given without a name, and what is made for each value."""

    def complete(held: dict[str, Any], values: tuple[Any, ...], given: dict[str, Any]) -> None:
        named = dict(zip(unnamed, values, strict=False))
        if len(named) < len(values) or not named.keys().isdisjoint(given):
            raise TypeError(f"{kind.__qualname__}: a field too many, or one given twice")
        held.update(named)
        for name, make in factories.items():
            if name not in held:
                held[name] = make()

    return complete


def _carry(kind: Kind, names: list[str]) -> Methods:
    """Return the methods by which a value is copied and kept."""
    take = _take_all(names)
    puts = [_find_put(kind, name) for name in names]

    def get_state(self: object) -> tuple[object, ...]:
        return take(self)

    def set_state(self: object, state: tuple[object, ...]) -> None:
        for put, item in zip(puts, state, strict=True):
            put(self, item)

    return {"__getstate__": get_state, "__setstate__": set_state}


def _find_put(kind: Kind, name: str) -> Method:
    """Return what sets a field of a value that is being made."""
    slot = getattr(kind, name, None)
    if isinstance(slot, types.MemberDescriptorType):
        return slot.__set__
    return lambda value, item: object.__setattr__(value, name, item)


def _compare_by(names: list[str], *, order: bool) -> Methods:
    """Return the methods for which two values with the same fields are the same."""
    take = _take_all(names)

    def equals(self: object, other: object) -> Any:  # noqa: ANN401 - or NotImplemented
        return take(self) == take(other) if other.__class__ is self.__class__ else NotImplemented

    def compare(word: str) -> Method:
        operate = getattr(operator, word)

        def method(self: object, other: object) -> Any:  # noqa: ANN401 - or NotImplemented
            if other.__class__ is not self.__class__:
                return NotImplemented
            return operate(take(self), take(other))

        return method

    ordered = {word: compare(word) for word in ("__lt__", "__le__", "__gt__", "__ge__")}
    return {
        "__eq__": equals,
        "__hash__": lambda self: hash(take(self)),
        **(ordered if order else {}),
    }


def _show_by(names: list[str]) -> Methods:
    def show(self: object) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"

    return {"__repr__": show}


def _take_all(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """Return what gives the fields of a value as a tuple, as fast as can be."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _refuse(value: object, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r} of {type(value).__qualname__}")


_FROZEN: Methods = {"__setattr__": _refuse, "__delattr__": _refuse}


class _Standard:
    """What the standard library looks for in a class, made when it looks."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, value: object, kind: Kind) -> object:
        """Return what a class of the standard library with the same fields has."""
        return getattr(_make_standard(kind), self.name)


@cache
def _make_standard(kind: Kind) -> type:
    import dataclasses

    body = []
    for each in getattr(kind, _FIELDS):
        defaults = {name: getattr(each, name) for name in _DEFAULTS}
        given = {name: item for name, item in defaults.items() if item is not _NOTHING}
        options = {"init": each.init, "repr": each.repr, "compare": each.compare}
        made = dataclasses.field(kw_only=True, **options, **given)
        body.append((each.name, each.type, made))
    return dataclasses.make_dataclass(kind.__name__, body)


def _is_dataclass(kind: Kind) -> bool:
    """Return whether it is a dataclass of either sort, or an instance of one."""
    return hasattr(kind, _FIELDS) or hasattr(kind, "__dataclass_fields__")


def _fields(kind: Kind) -> tuple[_Field, ...]:
    """Return the fields of a dataclass of either sort, or of an instance of one."""
    if not hasattr(kind, _FIELDS):
        import dataclasses

        return tuple(map(_adopt, dataclasses.fields(kind)))
    ours: tuple[_Field, ...] = getattr(kind, _FIELDS)
    return ours


def _adopt(theirs: Kind) -> _Field:
    """Return a field of the standard library as one of ours."""
    import dataclasses

    ours = _Field(init=theirs.init, repr=theirs.repr, compare=theirs.compare)
    ours.name, ours.type = theirs.name, theirs.type
    for name in _DEFAULTS:
        if getattr(theirs, name) is not dataclasses.MISSING:
            setattr(ours, name, getattr(theirs, name))
    return ours


def _replace(value: Kind, /, **changes: object) -> Kind:
    """Return the value with some fields changed."""
    held = {each.name: getattr(value, each.name) for each in _fields(value) if each.init}
    return type(value)(**{**held, **changes})


if TYPE_CHECKING:
    from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
else:
    MISSING, dataclass, field, fields = _NOTHING, _decorate, _Field, _fields
    is_dataclass, replace = _is_dataclass, _replace
