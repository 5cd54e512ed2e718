"""What the XML of a model holds that no evaluation needs and the reader skips: so that an importer can say so.

Called by `engine.dmn.reader`; tests: tests/engine/graph/test_from_dmn_left_out.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.dmn.model import Unread
from engine.dmn.xml_tree import Node

_READ = (
    "import itemDefinition inputData decision businessKnowledgeModel decisionService knowledgeSource "
    "description typeRef itemComponent allowedValues typeConstraint functionItem parameters variable "
    "question allowedAnswers informationRequirement requiredDecision requiredInput knowledgeRequirement "
    "requiredKnowledge authorityRequirement requiredAuthority encapsulatedLogic outputDecision "
    "encapsulatedDecision inputDecision type text literalExpression context contextEntry list relation "
    "column row functionDefinition formalParameter invocation binding parameter conditional if then else "
    "filter match for some every in return satisfies decisionTable input inputExpression inputValues output "
    "outputValues defaultOutputEntry rule inputEntry outputEntry annotation annotationEntry importedValues "
    "expression"
)
READ: Final = frozenset(_READ.split())
NAMED: Final = {
    "DMNDI": "the diagram (`DMNDI`)",
    "extensionElements": "what a tool added (`extensionElements`)",
    "textAnnotation": "a note (`textAnnotation`)",
    "association": "a line to a note (`association`)",
    "performanceIndicator": "a performance indicator",
    "organizationUnit": "an organisational unit",
}


def unread(root: Node) -> tuple[Unread, ...]:
    """The skipped elements in the order of the file; what stands inside a skipped one goes with it."""
    return tuple(_skipped(root, root.namespace))


def _skipped(node: Node, namespace: str) -> Iterator[Unread]:
    for child in node.children:
        if child.namespace == namespace and child.tag in READ:
            yield from _skipped(child, namespace)
            continue
        name = child.get("name").strip() or child.text_of("text")
        shown = NAMED.get(child.tag, f"`{child.tag}`")
        yield Unread(f'{shown} "{name[:80]}"' if name else shown, child.line)
