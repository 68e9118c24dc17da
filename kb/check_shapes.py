"""The second check of the data: that everything carries what its SHACL shape asks for."""

import pyoxigraph as ox
import pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kb.check_files import Files, Problem, shown


def shape_problems(files: Files, shapes: Graph) -> list[Problem]:
    """Everything in the files that a shape finds wrong, with the shape's own message."""
    conforms, report, _ = pyshacl.validate(_facts(files), shacl_graph=shapes, inplace=True)
    if conforms:
        return []
    return [_problem(files, report, result) for result in report.subjects(RDF.type, _RESULT)]


_RESULT = SH.ValidationResult
_WITHOUT_VALUE = {
    str(SH.MinCountConstraintComponent): "is missing",
    str(SH.MaxCountConstraintComponent): "is there more than once",
}


def _facts(files: Files) -> Graph:
    """All files as one graph in memory. Here rdflib's own store is twice as fast as Oxigraph
    through rdflib: pyshacl asks for a few triples at a time, 800,000 times."""
    triples = ox.serialize((quad.triple for quad in files.store), format=ox.RdfFormat.N_TRIPLES)
    return Graph(bind_namespaces="none").parse(data=triples, format="nt")


def _problem(files: Files, report: Graph, result: Node) -> Problem:
    focus = report.value(result, SH.focusNode)
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    shape = str(report.value(result, SH.sourceShape)).rsplit("/", 1)[-1]
    component = report.value(result, SH.sourceConstraintComponent)
    found = str(value) if value is not None else _WITHOUT_VALUE.get(str(component), "not as asked")
    return Problem(
        file=files.path_of(ox.NamedNode(str(focus))) if isinstance(focus, URIRef) else "",
        subject=shown(str(focus)),
        problem=f"{shape}: {shown(str(path))} {shown(found)}",
        right=str(report.value(result, SH.resultMessage)),
    )
