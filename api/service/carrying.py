"""Effects of the outbox, carried out: a mail goes out, or a person gets the work. At least once, by the effect's key.

    effect     the journey's channel         what happens
    Notify     told in person already        the contact stands in the dossier
               a mail that is refused        a task: tell the citizen in another way
               web, email                    a mail when the citizen gave an address; the page says it anyway, so
                                             without an address there is no row (`api.service.rows`)
               phone, desk                   a task: call the citizen
               letter                        a task: send a letter
    Publish    web, email                    a mail that there is a decision; the page says it
               phone, desk, letter           a task: send the decision on paper
    HandOver   flow:SLUG                     nothing: the page offers the next flow
               anything else                 a task: hand over
    Pay        pay, collect                  a task: no payment system is connected here

What is done is an event (MessageSent, WorkNeeded) under a command id made from the effect's key, so trying again adds
nothing. Called by `api.timers`; tests: tests/api/channels/test_smtp.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from api.channels.mail import DECISION, RESUME_LINK, mail
from api.channels.port import MailRefused, Outward
from api.service.access import ResumeCodes
from api.service.commands import simple
from api.service.dossiers import Command, Dossiers, NoSuchJourney
from api.store.port import Job, Stored
from engine.errors import RefusedEvent
from engine.journey.codec import reached
from engine.journey.effects import HandOver, Notify, Pay, Publish
from engine.journey.events import Actor, ActorKind, Channel, Event, MessageSent, WorkKind, WorkNeeded
from ui_schema.shape import Language

ENGINE = Actor(kind=ActorKind.ENGINE)
LINK_LIFE = timedelta(hours=24)
IN_PERSON = frozenset((Channel.PHONE, Channel.DESK))
NEXT_FLOW = "flow:"
RESUME = "/verder"

Carry = Callable[[Job], Awaitable[None]]


class Carrying:
    """Carries effects out: see the top of this module."""

    def __init__(self, outward: Outward, dossiers: Dossiers, codes: ResumeCodes) -> None:
        self._outward = outward
        self._dossiers = dossiers
        self._codes = codes

    @property
    def carriers(self) -> Mapping[str, Carry]:
        """Who carries out which effect."""
        return {"Notify": self.notify, "Publish": self.publish, "HandOver": self.hand_over, "Pay": self.pay}

    async def notify(self, job: Job) -> None:
        """Tell the citizen. Raises MailDown, and then it is tried again."""
        effect = Notify.model_validate(job.payload)
        kept = await self._kept(job)
        if kept is None:
            return
        if effect.told:
            await self._record(job, MessageSent, over=effect.over, text=effect.text, effect=job.key)
        elif effect.over in IN_PERSON:
            await self._work(job, "tell_phone", effect.text)
        elif effect.over is Channel.LETTER:
            await self._work(job, "send_letter", effect.text)
        else:
            await self._mail(job, kept, effect.text)

    async def publish(self, job: Job) -> None:
        """Make the determination known. Raises MailDown."""
        effect = Publish.model_validate(job.payload)
        kept = await self._kept(job)
        if kept is None:
            return
        channel = reached(kept.snapshot).channel
        if channel in IN_PERSON or channel is Channel.LETTER:
            await self._work(job, "send_decision", effect.outcome)
        else:
            await self._mail(job, kept, DECISION)

    async def hand_over(self, job: Job) -> None:
        """Bring the dossier to who goes on with it."""
        effect = HandOver.model_validate(job.payload)
        if not effect.to.startswith(NEXT_FLOW):
            await self._work(job, "hand_over", effect.to)

    async def pay(self, job: Job) -> None:
        """Have it paid out or collected."""
        effect = Pay.model_validate(job.payload)
        await self._work(job, "pay_out" if effect.direction == "pay" else "collect", effect.what)

    async def _kept(self, job: Job) -> Stored | None:
        """The journey as it is stored: most of what is carried out needs none of its facts."""
        try:
            return await self._dossiers.stored(job.journey)
        except NoSuchJourney:
            return None

    async def _mail(self, job: Job, kept: Stored, text: str) -> None:
        own = reached(kept.snapshot)
        address = own.reach.get(str(Channel.EMAIL))
        if not address or self._outward.mailer is None:
            return
        link = f"{self._outward.address}{RESUME}"
        if text == RESUME_LINK:
            link = f"{link}#{await self._codes.hand_over(kept.journey, LINK_LIFE)}"
        language = Language(own.language) if own.language in set(Language) else Language.NL
        made = mail(text, address, kept.reference, link, language, self._outward.organisation, job.key)
        try:
            await self._outward.mailer.send(made)
        except MailRefused:
            await self._work(job, "mail_refused", text)
            return
        await self._record(job, MessageSent, over=Channel.EMAIL, text=text, effect=job.key)

    async def _work(self, job: Job, work: WorkKind, about: str) -> None:
        await self._record(job, WorkNeeded, work=work, about=about, effect=job.key)

    async def _record(self, job: Job, kind: type[Event], **fields: object) -> None:
        command = Command(simple(kind, **fields), "carry", f"{job.key}/carried", actor=ENGINE)
        with suppress(NoSuchJourney, RefusedEvent):
            await self._dossiers.send(job.journey, command)
