"""What a manifest of ours may contain, a little stricter than Microsoft's schema 1.23.

Answers for: fields, lengths, forms. Microsoft's own schema is asked by the tests; an installation does not have it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

GUID = r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
APP_VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
LONGEST_PUBLISHER = 32
LONGEST_TITLE = 32
LONGEST_HINT = 128
MOST_COMMANDS = 10
LONGEST_TAB = 128
TAB_NAME = "staticTabs[0].name"
"""The key of the tab's name in a localisation file."""
LONGEST = {"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4000}
"""The texts that every language says, by their keys in a localisation file."""

_Guid = Annotated[str, StringConstraints(pattern=GUID)]
_Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s/@]+\.[^\s@]+$", max_length=2048)]
_Domain = Annotated[str, StringConstraints(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=2048)]
_File = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=100)]
_Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,2}$")]
_Context = Literal["personalTab", "meetingChatTab", "meetingDetailsTab", "meetingSidePanel", "meetingStage"]
_Scope = Literal["personal", "groupChat"]


def _text(longest: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=longest)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)


class Developer(_Part):
    """Who stands behind the app."""

    name: Annotated[str, _text(LONGEST_PUBLISHER)]
    website_url: _Address
    privacy_url: _Address
    terms_of_use_url: _Address


class Translation(_Part):
    """Where the texts of another language are."""

    language_tag: _Language
    file: _File


class Languages(_Part):
    """The language of the manifest itself, and the others."""

    default_language_tag: _Language
    additional_languages: tuple[Translation, ...] = ()


class Name(_Part):
    """What the app is called."""

    short: Annotated[str, _text(LONGEST["name.short"])]
    full: Annotated[str, _text(LONGEST["name.full"])]


class Description(_Part):
    """What the app does."""

    short: Annotated[str, _text(LONGEST["description.short"])]
    full: Annotated[str, _text(LONGEST["description.full"])]


class Icons(_Part):
    """Files beside the manifest."""

    color: _File
    outline: _File


class Command(_Part):
    """An entry of the menu: its title is what the person then sends."""

    title: Annotated[str, _text(LONGEST_TITLE)]
    description: Annotated[str, _text(LONGEST_HINT)]


class CommandList(_Part):
    """The menu of one kind of chat; Teams wants a list for each."""

    scopes: Annotated[tuple[_Scope, ...], Field(min_length=1, max_length=1)]
    commands: Annotated[tuple[Command, ...], Field(min_length=1, max_length=MOST_COMMANDS)]


class Bot(_Part):
    """The one bot of the app."""

    bot_id: _Guid
    scopes: Annotated[tuple[_Scope, ...], Field(min_length=1)]
    is_notification_only: Literal[False] = False
    supports_files: bool = False
    supports_calling: bool = False
    supports_video: bool = False
    command_lists: Annotated[tuple[CommandList, ...], Field(max_length=3)] = ()


class Tab(_Part):
    """A page of ours that Teams shows beside the chat with the bot and in a meeting: tab, side panel, stage."""

    entity_id: Annotated[str, _text(64)]
    name: Annotated[str, _text(LONGEST_TAB)]
    content_url: _Address
    website_url: _Address
    scopes: Annotated[tuple[Literal["personal", "groupChat"], ...], Field(min_length=1, max_length=2)]
    context: Annotated[tuple[_Context, ...], Field(min_length=1)]


class GroupCapability(_Part):
    """What Teams opens first when the app is added to a chat or to a meeting."""

    groupchat: Literal["bot"]
    meetings: Literal["bot"]


class WebApplication(_Part):
    """The Entra application, to which a chat's consent is tied."""

    id: _Guid
    resource: Annotated[str, _text(2048)]


class ResourcePermission(_Part):
    """What is consented to for one chat, when the app is added to it."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+(\.[A-Za-z]+)+$", max_length=128)]
    type: Literal["Application", "Delegated"]


class Permissions(_Part):
    """Permissions of single chats; none of the whole organisation."""

    resource_specific: Annotated[tuple[ResourcePermission, ...], Field(max_length=16)]


class Authorization(_Part):
    """See ``Permissions``."""

    permissions: Permissions


class Manifest(_Part):
    """The whole file."""

    schema_address: Annotated[str, Field(alias="$schema")] = ""
    manifest_version: Literal["1.23"]
    version: Annotated[str, StringConstraints(pattern=APP_VERSION)]
    id: _Guid
    developer: Developer
    localization_info: Languages
    name: Name
    description: Description
    icons: Icons
    accent_color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
    default_install_scope: Literal["personal", "groupChat", "meetings"] = "personal"
    default_group_capability: GroupCapability | None = None
    bots: Annotated[tuple[Bot, ...], Field(min_length=1, max_length=1)]
    static_tabs: Annotated[tuple[Tab, ...], Field(max_length=1)] = ()
    valid_domains: Annotated[tuple[_Domain, ...], Field(max_length=16)]
    web_application_info: WebApplication | None = None
    authorization: Authorization | None = None

    @property
    def commands(self) -> dict[str, Command]:
        """Every menu entry, by the place that localisation files name."""
        return {
            f"bots[0].commandLists[{row}].commands[{column}]": command
            for row, menu in enumerate(self.bots[0].command_lists)
            for column, command in enumerate(menu.commands)
        }
