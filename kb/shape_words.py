"""What the SHACL shapes ask for, in words."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kb.stored import objects, subjects, texts
from kb.term_model import Constraint, TermRef
from kb.terms import PREFIXES

Refer = Callable[[ox.NamedNode], TermRef]


def _sh(name: str) -> ox.NamedNode:
    """A term of SHACL, with its prefix or without."""
    return ox.NamedNode(PREFIXES["sh"] + name.removeprefix("sh:"))


TARGETS = (_sh("targetClass"), _sh("targetSubjectsOf"))


@dataclass(frozen=True, kw_only=True, eq=False)
class ShapeWords:
    """The constraints of all shapes, by the class that they are about and by the property."""

    by_class: dict[str, tuple[Constraint, ...]]
    by_property: dict[str, tuple[Constraint, ...]]


@dataclass(kw_only=True, eq=False)
class _Reader:
    store: ox.Store
    refer: Refer
    by_class: defaultdict[str, list[Constraint]] = field(default_factory=lambda: defaultdict(list))
    by_property: defaultdict[str, list[Constraint]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def read(self) -> ShapeWords:
        """Every constraint of every shape that is about a class, or about what has a property."""
        for predicate in TARGETS:
            for whole in subjects(self.store, predicate):
                targets = objects(self.store, whole, predicate)
                for shape in self._all(whole, "property"):
                    for target in targets:
                        self._add(shape, target if predicate == TARGETS[0] else None)
        return ShapeWords(by_class=_sorted(self.by_class), by_property=_sorted(self.by_property))

    def _add(self, shape: ox.NamedNode, about: ox.NamedNode | None) -> None:
        (path,) = self._all(shape, "path")
        message = self._value(shape, "sh:message")
        made = Constraint(
            of=self.refer(about) if about else None,
            path=self.refer(path),
            count=self._count(shape),
            kind=self._kind(shape),
            said=message,
        )
        self.by_property[path.value].append(made)
        if about:
            self.by_class[about.value].append(made)

    def _count(self, shape: ox.NamedNode) -> str:
        least, most = self._value(shape, "minCount"), self._value(shape, "maxCount")
        if least and least == most:
            return "exactly one" if least == "1" else f"exactly {least}"
        at_least = f"at least {'one' if least == '1' else least}" if least else ""
        at_most = f"at most {'one' if most == '1' else most}" if most else ""
        return " and ".join(part for part in (at_least, at_most) if part) or "any number"

    def _kind(self, shape: ox.NamedNode) -> str:
        """What the values have to be: a class, a datatype, an address; and within which bounds."""
        found = [f"a thing that is: {self.refer(one).label}" for one in self._all(shape, "class")]
        found += [self.refer(one).label for one in self._all(shape, "datatype")]
        found += [self.refer(one).label for one in self._all(shape, "nodeKind") if not found]
        for name, words in (("minInclusive", "from"), ("maxInclusive", "to")):
            if value := self._value(shape, name):
                found.append(f"{words} {value}")
        for name, words in (("lessThan", "less than"), ("disjoint", "other than")):
            found += [f"{words} its {self.refer(one).label}" for one in self._all(shape, name)]
        if self._value(shape, "uniqueLang") == "true":
            found.append("one for each language")
        return ", ".join(found)

    def _all(self, subject: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        return objects(self.store, subject, _sh(name))

    def _value(self, subject: ox.NamedNode, name: str) -> str:
        return next(iter(texts(self.store, subject, _sh(name))), "")


def read_shapes_in_words(store: ox.Store, refer: Refer) -> ShapeWords:
    """What every shape of a store asks for; ``refer`` says how a term is named."""
    return _Reader(store=store, refer=refer).read()


def _sorted(found: dict[str, list[Constraint]]) -> dict[str, tuple[Constraint, ...]]:
    return {
        name: tuple(sorted(made, key=lambda one: (one.path.label, one.of.label if one.of else "")))
        for name, made in found.items()
    }
