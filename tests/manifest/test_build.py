"""What the package is made of, whatever the settings; and what is said when it cannot be made."""

import json
import zipfile
from importlib.metadata import version
from io import BytesIO

import pytest

from bot.package import SettingsRefused, build, sentence
from bot.package.model import LONGEST
from bot.package.values import app_version
from bot.settings import Settings
from bot.texts import catalogue
from tests.manifest.kit import APP_ID, read, settings, unpack

NOTHING = Settings.model_validate({})


def refused(given: Settings, version: str | None = None) -> SettingsRefused:
    with pytest.raises(SettingsRefused) as caught:
        build(given, version=version)
    return caught.value


def test_the_same_settings_give_the_same_bytes() -> None:
    package = build(settings())
    assert build(settings()) == package
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_files_are_at_the_root() -> None:
    assert list(unpack(build(settings()))) == ["manifest.json", "en.json", "color.png", "outline.png"]


def test_the_values_of_the_installation_are_in_their_places() -> None:
    manifest = read(build(settings(app_id=APP_ID.upper())))
    assert manifest["id"] == manifest["bots"][0]["botId"] == manifest["webApplicationInfo"]["id"] == APP_ID
    assert manifest["version"] == app_version(version("hemicycle"))
    assert manifest["bots"][0]["supportsFiles"] is True, "without it Teams neither sends nor takes a file"
    assert manifest["developer"] == {
        "name": "Région Val-de-Brenne",
        "websiteUrl": "https://val-de-brenne.example/assemblee",
        "privacyUrl": "https://val-de-brenne.example/donnees",
        "termsOfUseUrl": "https://val-de-brenne.example/conditions",
    }
    assert manifest["validDomains"] == ["seances.val-de-brenne.example"]


def test_the_tab_opens_on_ones_own_sittings() -> None:
    package = build(settings())
    (tab,) = read(package)["staticTabs"]
    assert tab["contentUrl"] == "https://seances.val-de-brenne.example/onglet"
    assert tab["websiteUrl"] == "https://seances.val-de-brenne.example/seances"
    assert tab["name"] == "Mes séances"
    assert tab["scopes"] == ["personal", "groupChat"]
    assert {"meetingSidePanel", "meetingStage"} <= {*tab["context"]}
    assert json.loads(unpack(package)["en.json"])["staticTabs[0].name"] == "My sittings"


def test_no_secret_and_no_placeholder_is_left_in_it() -> None:
    package = build(settings())
    assert b"a-secret" not in package
    for name in ("manifest.json", "en.json"):
        text = unpack(package)[name].decode()
        assert "{" not in text.replace("{\n", "")


def test_values_with_braces_are_taken_as_they_are() -> None:
    assert read(build(settings(publisher="{app_id}")))["developer"]["name"] == "{app_id}"


def test_the_main_language_is_that_of_the_installation() -> None:
    french, english = read(build(settings())), read(build(settings(language="en")))
    assert french["localizationInfo"]["defaultLanguageTag"] == "fr"
    assert english["localizationInfo"] == {
        "defaultLanguageTag": "en",
        "additionalLanguages": [{"languageTag": "fr", "file": "fr.json"}],
    }
    assert read(build(settings(language="en")), "fr.json")["description.full"] == french["description"]["full"]
    assert read(build(settings()), "en.json")["description.full"] == english["description"]["full"]


def test_permissions_are_those_of_meetings_and_may_be_left_out() -> None:
    asked = read(build(settings()))["authorization"]["permissions"]["resourceSpecific"]
    assert [permission["name"] for permission in asked] == [
        "OnlineMeeting.ReadBasic.Chat",
        "OnlineMeetingParticipant.Read.Chat",
    ]
    assert "authorization" not in read(build(settings(), meeting_events=False))


def test_a_publisher_may_have_another_name_than_the_assembly() -> None:
    given = settings(body_name="Conseil régional de Provence-Alpes-Côte d’Azur", publisher="Région Sud")
    assert read(build(given))["developer"]["name"] == "Région Sud"


def test_every_missing_setting_is_named_at_once() -> None:
    assert refused(NOTHING).missing == (
        "HEMICYCLE_APP_ID",
        "HEMICYCLE_BODY_NAME",
        "HEMICYCLE_PUBLIC_URL",
        "HEMICYCLE_WEBSITE_URL",
        "HEMICYCLE_PRIVACY_URL",
        "HEMICYCLE_TERMS_URL",
    )
    assert refused(NOTHING).wrong == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("app_id", "hemicycle"),
        ("app_id", f"{APP_ID}\n"),
        ("public_url", "http://seances.example.org"),
        ("public_url", "seances.example.org"),
        ("public_url", "https://localhost:3978"),
        ("public_url", "https://someone@example.org"),
        ("public_url", "https://[::1"),
        ("public_url", "https://example.org:port"),
        ("website_url", "https://example.org/a b"),
        ("privacy_url", "ftp://example.org"),
        ("terms_url", "https://"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    error = refused(settings(**{name: value}))
    assert error.missing == ()
    assert [flaw.fields["name"] for flaw in error.wrong] == [f"HEMICYCLE_{name.upper()}"]


def test_a_publisher_with_too_long_a_name_is_told_where_to_shorten_it() -> None:
    (flaw,) = refused(settings(body_name="Conseil régional de Provence-Alpes-Côte d’Azur")).wrong
    assert (flaw.fields["length"], flaw.fields["most"]) == (46, 32)
    assert "HEMICYCLE_PUBLISHER" in sentence(flaw, catalogue("fr"))


@pytest.mark.parametrize("given", ["1.2", "1.2.3.4", "v1.2.3", "1.02.3", "", "1.2.3\n"])
def test_a_version_has_three_figures(given: str) -> None:
    assert [flaw.code for flaw in refused(settings(), version=given).wrong] == ["manifest.setting.version"]


def test_a_version_may_be_chosen() -> None:
    assert read(build(settings(), version="1.4.12"))["version"] == "1.4.12"


@pytest.mark.parametrize(
    ("distribution", "figures"),
    [("0.1.0", "0.1.0"), ("1.2", "1.2.0"), ("0.2.0.dev1", "0.2.0"), ("1!3.4.5rc1", "3.4.5"), ("2026.01", "2026.1.0")],
)
def test_the_version_of_the_distribution_in_three_figures(distribution: str, figures: str) -> None:
    assert app_version(distribution) == figures


@pytest.mark.parametrize("language", ["fr", "en"])
def test_texts_are_not_longer_than_teams_shows(language: str) -> None:
    texts = catalogue(language)
    assert {key: len(texts(f"manifest.{key}")) <= most for key, most in LONGEST.items()} == dict.fromkeys(LONGEST, True)
