"""Every reason for which an answer cannot be accepted, with the values its text may show.

`ui_schema.texts` holds the Dutch and English sentence for each; a test sees that none is missing. Values are
shown with `engine.flow.fields` where they have a type (`min`, `max`), else as they are.

    code                      params                when
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "answer.required": (),  # nothing was filled in
    "answer.type": (),  # another kind of JSON value than this fact takes
    "answer.boolean": (),  # neither yes nor no
    "answer.option": (),  # not one of the options
    "answer.alone": ("option",),  # this option cannot go with another
    "answer.choices.min": ("min",),  # fewer options than asked for
    "answer.choices.max": ("max",),  # more options than asked for
    "answer.text.characters": (),  # control characters and the like
    "answer.text.max": ("max",),  # longer than this many characters
    "answer.number": (),  # not a number
    "answer.number.whole": (),  # not a whole number
    "answer.number.min": ("min",),  # lower than the lowest that counts
    "answer.number.max": ("max",),  # higher than the highest that counts
    "answer.number.digits": ("max",),  # more digits than any real figure has
    "answer.money": (),  # not an amount
    "answer.money.cents": (),  # more than two decimals
    "answer.date": (),  # not a date
    "answer.date.impossible": (),  # 31 February
    "answer.date.year": (),  # a year of two digits
    "answer.date.min": ("min",),  # before the first date that counts
    "answer.date.max": ("max",),  # after the last date that counts
    "answer.period": (),  # not two dates
    "answer.period.order": (),  # it ends before it begins
    "answer.duration": (),  # not a length of time
    "answer.duration.mixed": (),  # months and days together have no fixed length
    "answer.duration.min": ("min",),
    "answer.duration.max": ("max",),
    "answer.year": (),  # not a year of four digits
    "answer.email": (),
    "answer.phone": (),
    "answer.postcode": (),
    "answer.bsn": (),  # not nine digits
    "answer.bsn.check": (),  # nine digits, but a slip of the pen (11-proef)
    "answer.iban": (),  # not the form of an account number
    "answer.iban.check": (),  # the form is right, but a slip of the pen (mod 97)
    "answer.address": ("part",),  # this part is missing or wrong: street, number, postcode, town
    "answer.person": ("part",),  # this part is missing or wrong: name, birthdate
    "answer.file": (),  # not an upload that we know
    "answer.file.type": (),  # not a picture, PDF or office document
    "answer.file.size": ("max",),  # more megabytes than this
    "answer.file.many": ("max",),  # more files than this in one journey, or too much together
    "answer.file.harmful": (),  # a virus was found
    "answer.file.closed": (),  # this organisation takes in no files here
    "answer.list": (),  # not a list of items
    "answer.list.min": ("min",),  # fewer items
    "answer.list.max": ("max",),  # more items
    "answer.list.field": ("field",),  # an item has something that is not asked
    "answer.check": (),  # a check of the flow; its own `say` is shown
}
