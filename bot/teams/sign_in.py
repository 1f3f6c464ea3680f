"""Signing in with Entra: the code flow with PKCE for browsers, the token of Teams for a tab.

Answers for: who the organisation says a person is (tenant and object id). Leaves cookies and pages to ``bot.web``, and
what that person may do to the rolls. Satisfies ``bot.visitors.Organisation``.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.teams.auth import AuthenticationRefused, JudgementImpossible, TokenVerifier
from bot.teams.token import LOGIN_PATIENCE
from bot.visitors import Flow, SignInRefused, SignInUnavailable, Visitor

if TYPE_CHECKING:
    import msal

SCOPE = "access_as_user"
"""What Teams' own clients are allowed to ask for in the name of a person (``api://…/access_as_user``)."""


def metadata_url(tenant_id: str) -> str:
    """Where the tenant publishes the keys of its tokens."""
    return f"https://login.microsoftonline.com/{tenant_id}/v2.0/.well-known/openid-configuration"


def issuer(tenant_id: str) -> str:
    """Who signs the tokens of that tenant (version 2)."""
    return f"https://login.microsoftonline.com/{tenant_id}/v2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntraSignIn:
    """The sign-in of one single-tenant application."""

    app_id: str
    tenant_id: str
    credential: object = field(repr=False)
    """The secret, or the pair of keys, as msal wants it."""
    tokens: TokenVerifier
    """Judges every token: the tenant's keys and issuer, this application as audience."""
    tenants: Collection[str]
    """Whose members may come in; others of the tenant's guests are its own accounts and come in by it."""
    http_client: object = field(default=None, repr=False)

    async def begin(self, back: str) -> tuple[str, Flow]:
        """See ``Organisation``. The answer comes back in a form: no code stays in an address (RFC 9700, 4.3.1)."""
        try:
            flow = await self._called(
                lambda app: app.initiate_auth_code_flow(scopes=[], redirect_uri=back, response_mode="form_post")
            )
        except ValueError as error:  # msal: no such tenant, or its answer made no sense
            raise SignInUnavailable("authority") from error
        address = flow.get("auth_uri")
        if not isinstance(address, str):
            raise SignInUnavailable(str(flow.get("error", "no address")))
        return address, flow

    async def finish(self, flow: Flow, answer: Mapping[str, str]) -> Visitor:
        """See ``Organisation``. msal checks state, nonce and verifier, and nothing else of the token."""
        try:
            found = await self._called(lambda app: app.acquire_token_by_auth_code_flow(dict(flow), dict(answer)))
        except ValueError:  # msal: the state is not that of this flow
            raise SignInRefused("state") from None
        token = found.get("id_token")
        if not isinstance(token, str):
            raise SignInRefused(str(found.get("error", "no id token")))
        return self._visitor(await self._judged(token))

    async def vouched(self, token: str) -> Visitor:
        """See ``Organisation``."""
        claims = await self._judged(token)
        if SCOPE not in str(claims.get("scp", "")).split():
            raise SignInRefused("scope")
        return self._visitor(claims)

    async def _judged(self, token: str) -> Mapping[str, object]:
        """What a token of this tenant for this application says: signature, issuer, audience and dates are good."""
        try:
            return await self.tokens.claims(token)
        except JudgementImpossible:
            raise SignInUnavailable("keys") from None
        except AuthenticationRefused as refused:
            raise SignInRefused(refused.reason) from None

    def _visitor(self, claims: Mapping[str, object]) -> Visitor:
        tenant, account = claims.get("tid"), claims.get("oid")
        if not isinstance(tenant, str) or not isinstance(account, str) or not account:
            raise SignInRefused("no object id")
        if tenant.lower() not in {t.lower() for t in self.tenants}:
            raise SignInRefused("tenant")
        return Visitor(tenant_id=tenant.lower(), account=account.lower(), name=str(claims.get("name", "")))

    async def _called(self, call: Callable[["msal.ConfidentialClientApplication"], object]) -> dict[str, object]:
        """msal blocks: in a thread; whatever the network does to it is one thing for us."""
        try:
            answer = await asyncio.to_thread(lambda: call(self._application()))
        except ValueError:
            raise
        except Exception as error:
            raise SignInUnavailable(type(error).__name__) from error
        return answer if isinstance(answer, dict) else {}

    def _application(self) -> "msal.ConfidentialClientApplication":
        import msal  # here: a tenth of a second that a local start does not pay

        return msal.ConfidentialClientApplication(
            self.app_id,
            client_credential=self.credential,
            authority=f"https://login.microsoftonline.com/{self.tenant_id}",
            http_client=self.http_client,
            timeout=LOGIN_PATIENCE,
        )
