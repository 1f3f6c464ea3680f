"""A Teams tenant on this machine: its people, their chats, its connector and its issuer, served beside the bot.

The bot meets it only through the wire protocol: activities come in by ``/api/messages``, answers go out by REST.
"""

import uuid
from collections.abc import Iterable, Mapping

import aiohttp
from aiohttp import web

from bot.local.chats import Chat, Chats, Person, new_user_id
from bot.local.client import LocalClient
from bot.local.connector import Behaviour, LocalConnector
from bot.local.drive import Drive
from bot.local.identity import LocalIssuer
from bot.ports import Link
from bot.texts import catalogue
from voting.domain.assembly import Member
from voting.domain.ids import PersonId, SittingId

TENANT = "0c0ffee0-0000-4000-8000-00000000babe"
APP_ID = "b0770000-0000-4000-8000-000000000001"
PREFIX = "/teams"
_NAMESPACE = uuid.UUID(TENANT)


class Town:
    """The local tenant. ``port`` must be the one on which its routes are served."""

    def __init__(
        self, port: int, *, behaviour: Behaviour | None = None, bot_name: str = "Hémicycle", language: str = "fr"
    ) -> None:
        """Nobody lives there yet. Makes a key: a tenth of a second."""
        self.origin = f"http://127.0.0.1:{port}"
        self.service_url = self.origin + PREFIX
        self.chats = Chats(bot_id=f"28:{APP_ID}", bot_name=bot_name, tenant_id=TENANT, texts=catalogue(language))
        self.connector = LocalConnector(self.chats, behaviour=behaviour)
        self.drive = Drive(self.origin, PREFIX)
        self.issuer = LocalIssuer(app_id=APP_ID)
        self.meetings: dict[SittingId, Chat] = {}
        self._people: dict[SittingId, dict[PersonId, Person]] = {}

    def routes(self) -> list[web.RouteDef]:
        """The connector, the files and the issuer's public keys."""
        return [*self.connector.routes(PREFIX), *self.drive.routes(), *self.issuer.routes(PREFIX + "/login")]

    def client(self, session: aiohttp.ClientSession, *, signed: bool = True, locale: str = "fr-FR") -> LocalClient:
        """Clients of all who live here, in that language; their activities are signed unless asked otherwise."""
        return LocalClient(
            session,
            self.origin + "/api/messages",
            self.chats,
            service_url=self.service_url,
            issuer=self.issuer if signed else None,
            locale=locale,
            drive=self.drive,
        )

    def settle(self, sitting: SittingId, title: str, roll: Iterable[Member]) -> Chat:
        """Give everybody of that roll an account and a place in the meeting's chat."""
        people = {member.id: _person(sitting, member) for member in roll}
        self._people[sitting] = people
        self.meetings[sitting] = self.chats.open_meeting(title, people.values())
        return self.meetings[sitting]

    def share(self, rehearsal: SittingId, official: SittingId) -> None:
        """Rehearse with the same people, in the same chat."""
        self._people[rehearsal] = self._people[official]
        self.meetings[rehearsal] = self.meetings[official]

    def people(self, sitting: SittingId) -> Mapping[PersonId, Person]:
        """Who lives here for that sitting."""
        return self._people[sitting]

    def links(self, sitting: SittingId) -> list[Link]:
        """What the bot's book of accounts should hold for that sitting."""
        return [
            Link(
                sitting=sitting,
                person=member,
                tenant_id=person.tenant_id,
                account=person.account,
                user_id=person.user_id,
            )
            for member, person in self._people[sitting].items()
        ]


def _person(sitting: SittingId, member: Member) -> Person:
    account = str(uuid.uuid5(_NAMESPACE, member.id))
    return Person(user_id=new_user_id(account), account=account, name=member.full_name, tenant_id=TENANT)
