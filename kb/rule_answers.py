"""The rules that cut across offences, as they stand in a nation on a day."""

from kb import naming, rows
from kb.answers import RuleAnswer
from kb.catalogue import Catalogue
from kb.terms import slug_of


def rule_answer(catalogue: Catalogue, rule: str, *, window: rows.Window) -> RuleAnswer:
    """A rule (address) with one of its windows."""
    row = catalogue.rules[rule]
    value = catalogue.rule_values.get(window.fact)
    rests_on = catalogue.rule_provisions.get(rule, ())
    return RuleAnswer(
        id=row.slug,
        kind=slug_of(row.kind),
        text=row.text,
        state="applies" if window.state == "law" else window.state,
        start=window.start,
        end=window.end,
        age=value.age if value else None,
        child_below=value.below if value else None,
        months=value.months if value else None,
        scope=window.scope,
        provisions=tuple(naming.provision_reference(catalogue, r.provision) for r in rests_on),
        sources=naming.sources(catalogue, rule),
        no_source=row.no_source,
        note=row.note,
        confidence=slug_of(row.confidence),
    )
