"""Who may come in: the settings of a server for teams, and what is wrong with them. No widgets here."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from fragcheck.errors import FragcheckError
from fragcheck.records import Role
from fragcheck.ui.texts import text

__all__ = [
    "AccessRefused",
    "AccessSettings",
    "Mode",
    "Seat",
    "access_settings",
    "is_loopback",
    "login_name",
    "metadata_problem",
    "normal_name",
]

#: Shorter secrets are found by trying; Streamlit signs the cookie of the login with it (HMAC-SHA256).
SECRET_LENGTH = 32

#: A login that is older is asked for again, so that who was locked out at the provider is out here as well.
LOGIN_HOURS = 12.0

#: Longest name of a member that a workspace holds.
_LONGEST = 320


class AccessRefused(FragcheckError):
    """Who asks cannot be let in; the message says what to do."""


class Mode(StrEnum):
    """How people come in."""

    SINGLE = "single"
    TEAM = "team"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the screen, in which project, in which role when the page was begun.

    `name` is the login on a server for teams, else the person of this machine.
    """

    name: str
    project: str
    role: Role
    is_team: bool = False
    folder: str = ""


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """How people come in, as ``FRAGCHECK_ACCESS`` and ``secrets.toml`` say.

    `provider` is the name of a provider under ``[auth]``, None for the only one. `claim` names the part of a
    login that members are listed by. `problems` say what is wrong; nobody is let in while there are any.
    """

    mode: Mode
    provider: str | None = None
    metadata_url: str = ""
    claim: str = "email"
    login_hours: float = LOGIN_HOURS
    problems: tuple[str, ...] = ()


def access_settings(
    asked: str, secrets: Mapping[str, object] | None, *, address: str | None, has_authlib: bool
) -> AccessSettings:
    """The settings of a server.

    Parameters
    ----------
    asked : str
        ``FRAGCHECK_ACCESS``: ``single``, ``team`` or ``open``; empty for what the secrets say.
    secrets : mapping or None
        All of ``secrets.toml``; None where there is a file that cannot be read.
    address : str or None
        Where the server listens; None or empty for every network.
    has_authlib : bool
        Whether the library for logins is installed.
    """
    if asked not in ("", *Mode):
        return AccessSettings(Mode.TEAM, problems=(text("access.bad_mode", given=asked),))
    if secrets is None:
        return AccessSettings(Mode.TEAM, problems=(text("access.secrets_unreadable"),))
    names_logins = "auth" in secrets or "fragcheck" in secrets
    if asked == Mode.TEAM or (names_logins and not asked):
        return _team(secrets, has_authlib=has_authlib)
    if asked == Mode.OPEN or is_loopback(address):
        return AccessSettings(Mode.OPEN if asked == Mode.OPEN else Mode.SINGLE)
    return AccessSettings(Mode.SINGLE, problems=(text("access.not_loopback"),))


def is_loopback(address: str | None) -> bool:
    """True where an address is of this machine alone.

    Examples
    --------
    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback(None)
    (True, True, False, False)
    """
    if not address:
        return False
    host = address.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _team(secrets: Mapping[str, object], *, has_authlib: bool) -> AccessSettings:
    auth, own = secrets.get("auth"), secrets.get("fragcheck", {})
    if not isinstance(auth, Mapping) or not isinstance(own, Mapping):
        return AccessSettings(Mode.TEAM, problems=(text("access.no_auth"),))
    problems = [] if has_authlib else [text("access.no_authlib")]
    named = {str(name): part for name, part in auth.items() if isinstance(part, Mapping)}
    provider: str | None = str(own["provider"]) if "provider" in own else None
    if provider is None and "client_id" not in auth and len(named) == 1:
        provider = next(iter(named))
    section = auth if provider is None else named.get(provider, {})
    where = "auth" if provider is None else f"auth.{provider}"
    wanted = [(auth, "auth", name) for name in ("redirect_uri", "cookie_secret")]
    wanted += [(section, where, name) for name in ("client_id", "client_secret", "server_metadata_url")]
    problems += [
        text("access.missing", name=name, section=title) for part, title, name in wanted if not part.get(name)
    ]
    problems += _wrong_values(auth, str(section.get("server_metadata_url", "")))
    hours = own.get("login_hours", LOGIN_HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
        problems.append(text("access.bad_hours"))
        hours = LOGIN_HOURS
    return AccessSettings(
        Mode.TEAM,
        provider,
        str(section.get("server_metadata_url", "")),
        str(own.get("claim", "email")),
        float(hours),
        tuple(problems),
    )


def _wrong_values(auth: Mapping[str, object], metadata_url: str) -> list[str]:
    found = []
    redirect = str(auth.get("redirect_uri", ""))
    if redirect and not redirect.rstrip().endswith("/oauth2callback"):
        found.append(text("access.bad_redirect"))
    for name, given in (("redirect_uri", redirect), ("server_metadata_url", metadata_url)):
        if given and not _is_safe(given.replace("{port}", "0")):
            found.append(text("access.not_https", name=name))
    secret = str(auth.get("cookie_secret", ""))
    if secret and len(secret) < SECRET_LENGTH:
        found.append(text("access.short_secret", n=SECRET_LENGTH, came=len(secret)))
    return found


def _is_safe(address: str) -> bool:
    """Whether an address is https, or of this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def normal_name(claim: str, name: str) -> str:
    """A name as members are listed: without outer space, e-mail addresses in lower case."""
    return name.strip().casefold() if claim == "email" else name.strip()


def login_name(user: Mapping[str, object], settings: AccessSettings, *, now: float | None = None) -> str:
    """The name of who has logged in; empty where nobody has, or too long ago.

    Parameters
    ----------
    user : mapping
        ``st.user``: the claims of the login, and ``is_logged_in``.
    settings : AccessSettings
    now : float or None
        Seconds since 1970; the clock's by default.

    Raises
    ------
    AccessRefused
        Where the login does not hold the claim, or an e-mail address that the provider has not verified:
        anybody could have given it.
    """
    if user.get("is_logged_in") is not True:
        return ""
    issued = user.get("iat")
    moment = time.time() if now is None else now
    if not isinstance(issued, int | float) or moment - issued > settings.login_hours * 3600:
        return ""
    given = user.get(settings.claim)
    if not isinstance(given, str) or not given.strip():
        raise AccessRefused(text("access.no_claim", claim=settings.claim))
    if settings.claim == "email" and user.get("email_verified") is not True:
        raise AccessRefused(text("access.unverified"))
    name = normal_name(settings.claim, given)
    if len(name) > _LONGEST or not name.isprintable():
        raise AccessRefused(text("access.odd_name", claim=settings.claim))
    return name


def metadata_problem(address: str, *, patience: float = 5.0) -> str:
    """What is wrong with the provider's description of itself; empty where it answers as OIDC wants.

    The form is that of OpenID Connect Discovery 1.0, section 3.
    """
    import httpx

    try:
        answer = httpx.get(address, timeout=patience, follow_redirects=True)
        found = answer.raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return text("access.provider_silent", kind=type(error).__name__)
    wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    missing = [name for name in wanted if not isinstance(found, Mapping) or not found.get(name)]
    return text("access.provider_odd", missing=", ".join(missing)) if missing else ""
