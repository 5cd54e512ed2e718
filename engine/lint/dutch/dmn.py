"""Dutch for the sentences of models of other tools; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "A `{tag}` has no `{tag_2}`.": "Een `{tag}` heeft geen `{tag_2}`.",
    "Add its <{tag}>.": "Voeg <{tag}> toe.",
    "A binding names no parameter.": "Een binding noemt geen parameter.",
    "Add its <parameter>.": "Voeg <parameter> toe.",
    "An input of a decision table has no expression.": "Een invoer van een beslistabel heeft geen expressie.",
    "Add its <inputExpression>.": "Voeg <inputExpression> toe.",
    "`{attribute}` is not one of: {allowed}.": "`{attribute}` is geen van: {allowed}.",
    "Correct the attribute.": "Verbeter het attribuut.",
    "A text holds a control character that XML cannot carry.": (
        "In een tekst staat een stuurteken dat niet in XML past."
    ),
    "Write it as \\uXXXX in the expression.": "Schrijf het als \\uXXXX in de expressie.",
    "This is not a DMN model: the root is not `definitions` in a namespace of DMN 1.1 to 1.5.": (
        "Dit is geen DMN-model: de wortel is niet `definitions` in een naamruimte van DMN 1.1 tot 1.5."
    ),
    "Save the model as DMN 1.5 in your modeller.": "Sla het model in uw modelleerprogramma op als DMN 1.5.",
    "A `{tag}` has no name.": "Een `{tag}` heeft geen naam.",
    "Give it a name attribute.": "Geef het een attribuut name.",
    "A document type declaration is not accepted.": "Een documenttype-declaratie nemen we niet aan.",
    "Remove the <!DOCTYPE ...>.": "Haal <!DOCTYPE ...> weg.",
    "The document is longer than {max_characters} characters.": ("Het document is langer dan {max_characters} tekens."),
    "The text holds no XML element.": "In de tekst staat geen XML-element.",
    "The document is larger than {limits}.": "Het document is groter dan {limits}.",
    "Split the model with imports.": "Splits het model met imports.",
    "The text is not well-formed XML: {reason}.": "De tekst is geen goede XML: {reason}.",
    "Check the tags on this line.": "Kijk naar de tags op deze regel.",
    "The text holds characters that XML cannot carry.": "In de tekst staan tekens die niet in XML passen.",
}
