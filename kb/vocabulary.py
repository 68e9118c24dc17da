"""Our words and ELI's as rdflib namespaces: for what writes and checks data, not what serves."""

from rdflib import Namespace

from kb.terms import PREFIXES

LAW = Namespace(PREFIXES["law"])
ELI = Namespace(PREFIXES["eli"])
