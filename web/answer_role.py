"""For whom an answer says what to do: the parameter ``role``, a word of the scheme of audiences."""

from collections.abc import Mapping, Sequence

from kb.advice import Advice
from kb.advice_answer_model import PracticeAnswer
from kb.asked import AskedTwice
from kb.model import Concept
from kb.schemes import Schemes

ROLE = "role"
SCHEME = "audiences"


def read_role(
    given: Mapping[str, Sequence[str]], *, schemes: Schemes
) -> tuple[str | None, dict[str, Sequence[str]]]:
    """The role that is stated, and the other parameters; raises a QuestionError."""
    said = {value.strip() for value in given.get(ROLE, ()) if value.strip()}
    if len(said) > 1:
        raise AskedTwice(ROLE)
    rest = {name: values for name, values in given.items() if name != ROLE}
    return next((schemes.concept(SCHEME, one, parameter=ROLE).slug for one in said), None), rest


def for_role(
    practice: tuple[PracticeAnswer, ...], role: str | None, *, advice: Advice
) -> tuple[PracticeAnswer, ...]:
    """The points of practice that are for a role; all of them for everybody."""
    if role is None:
        return practice
    return tuple(point for point in practice if role in advice.practice[point.id].audiences)


def roles_with(
    practice: tuple[PracticeAnswer, ...], *, advice: Advice, schemes: Schemes
) -> tuple[Concept, ...]:
    """The roles for which any of some points is, in the order of the scheme."""
    there = {who for point in practice for who in advice.practice[point.id].audiences}
    return tuple(word for word in schemes.scheme(SCHEME) if word.slug in there)
