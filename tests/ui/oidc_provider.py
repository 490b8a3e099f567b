"""An OpenID Connect provider on this machine, as strict as the standard: what logs people in during tests.

Authorization code flow with PKCE (RFC 7636), discovery, one RSA key as JWKS, ID tokens signed with RS256, and
logout at the provider. A code works once, for the client, the address and the verifier it was given for.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "fragcheck-tests"


class Provider:
    """The provider's state: its people, the codes it gave out, and what it was asked.

    Parameters
    ----------
    people : dict of str to dict
        What the ID token of each person says beside the standard claims.
    """

    def __init__(self, people):
        self.people = people
        self.secret = secrets.token_urlsafe(24)
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": "one"})
        self.codes = {}
        self.redirects = set()
        self.n_logouts = 0
        self.age = 0  # seconds that a new login claims to be old
        self.address = ""

    def discovery(self):
        at = self.address
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks",
            "end_session_endpoint": f"{at}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked):
        """The page with the people to choose from, or where to go with a code."""
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") not in self.redirects:
            return 400, "unknown client or address"
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return 400, "the code flow of OpenID Connect is wanted"
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return 400, "PKCE is wanted"
        if "person" not in asked:
            rows = [
                f'<li><a href="/authorize?{html.escape(urlencode({**asked, "person": one}))}">{one}</a></li>'
                for one in self.people
            ]
            return 200, f"<!doctype html><title>Provider</title><h1>Who are you?</h1><ul>{''.join(rows)}</ul>"
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked
        answer = urlencode({"code": code, "state": asked.get("state", "")})
        return 302, f"{asked['redirect_uri']}?{answer}"

    def token(self, form, authorization):
        """Tokens for a code, or what is wrong."""
        client, secret = form.get("client_id", ""), form.get("client_secret", "")
        if authorization.startswith("Basic "):
            client, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
        if (client, secret) != (CLIENT, self.secret):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(made).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time()) - self.age
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": hashlib.sha256(asked["person"].encode()).hexdigest()[:20],
            "iat": now,
            "exp": int(time.time()) + 3600,
            **({"nonce": asked["nonce"]} if "nonce" in asked else {}),
            **self.people[asked["person"]],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return 200, {
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": 3600,
            "id_token": signed,
        }


class Handler(BaseHTTPRequestHandler):
    """HTTP on top of the provider that its server holds."""

    @property
    def provider(self):
        return self.server.provider

    def log_message(self, *_):
        pass

    def answer(self, status, content, kind="application/json"):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", content)
            content = ""
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.answer(200, self.provider.discovery())
        elif parts.path == "/jwks":
            self.answer(200, {"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/authorize":
            self.answer(*self.provider.authorize(asked), "text/html; charset=utf-8")
        elif parts.path == "/logout":
            self.provider.n_logouts += 1
            self.answer(302, asked["post_logout_redirect_uri"], "text/html")
        else:
            self.answer(404, "not here", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if urlsplit(self.path).path == "/token":
            self.answer(*self.provider.token(form, self.headers.get("Authorization", "")))
        else:
            self.answer(404, "not here", "text/plain")


@contextmanager
def provided(people):
    """A provider of logins for those people, while it is needed."""
    provider = Provider(people)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.provider = provider
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
