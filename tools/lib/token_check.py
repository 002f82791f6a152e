"""The checks of tools/token-check. Every wait is bounded."""

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import command_line
from gateway_process import CONNECTION_OPENED, WAIT, Gateway, rows, verify
from simulator_process import KEY, Simulator
from starting import environment
from tally import Tally

ISSUER = "https://auth.codelab.local"
AUDIENCE = "codelab-api"
# How long a gateway that has fetched keys asks for no others (docs/operations.md), and some.
RETRY = 15

# All that were made: none may appear where the gateway writes.
made = []


class SigningKey:
    """A key of the auth service."""

    def __init__(self, name, bits=2048):
        self.name = name
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=bits)

    def public(self, **changes):
        """As in a key set (RFC 7517 §5)."""
        found = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return found | {"kid": self.name, "use": "sig", "alg": "RS256"} | changes

    def token(self, algorithm="RS256", header=None, without=(), **changes):
        """Signed; good unless the claims or the header are changed."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "type": "access", "sub": "user", "exp": now + 600}
        claims = {name: value for name, value in (claims | changes).items() if name not in without}
        header = {"kid": self.name} if header is None else header
        token = jwt.encode(claims, self.key, algorithm=algorithm, headers=header)
        made.append(token)
        return token


class AuthService:
    """Gives keys away, or does not."""

    def __init__(self, keys=(), listens=True):
        self.keys = list(keys)
        self.status = 200
        self.requests = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.requests += 1
                service.may_answer.wait(WAIT)
                body = json.dumps({"keys": service.keys}).encode()
                status = service.status if self.path == "/.well-known/jwks.json" else 404
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        # Until it listens, its port is taken and connections are refused.
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self._server.daemon_threads = True
        self._server.server_bind()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = None
        if listens:
            self.listen()

    def listen(self):
        self._server.server_activate()
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self):
        self.may_answer.set()
        if self._thread:
            self._server.shutdown()
        self._server.server_close()


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def encoded(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def forged(key, algorithm, sign):
    """A token whose header names another algorithm; `sign` gives the signature over its first two parts."""
    claims = key.token().split(".")[1]
    text = encoded({"alg": algorithm, "kid": key.name}) + "." + claims
    return text + "." + encoded(sign(text.encode()))


class TokenCheck:
    def __init__(self, programs, folder, tally):
        self._programs = programs
        self._folder = folder
        self.agent = Simulator(programs, "documented")
        self.key = SigningKey("first")
        self.check = tally.check

    @contextlib.contextmanager
    def gateway(self, name, service_url, **settings):
        """A gateway that takes tokens. What it has printed and recorded must not hold one."""
        log = os.path.join(self._folder, name)
        gateway = Gateway(
            self._programs,
            **{
                "GATEWAY__AGENT_URL": self.agent.url,
                "GATEWAY__INTERNAL_API_KEY": KEY,
                "GATEWAY__LOG_DIR": log,
                "GATEWAY__USE_JWT_AUTH": "true",
                "GATEWAY__AUTH_SERVICE_URL": service_url,
            }
            | settings,
        )
        gateway.log = log
        try:
            yield gateway
        finally:
            self.check(gateway.stop() == 0, f"{name}: the gateway stops in good order")
        said, is_clean = verify(self._programs, log)
        self.check(is_clean, f"{name}: replay verify: {said}")
        bodies = [row[5] if isinstance(row[5], bytes) else str(row[5]).encode() for row in rows(log)]
        written = "\n".join(gateway.lines).encode() + b"".join(bodies)
        parts = {part.encode() for token in made for part in token.split(".")[1:] if part}
        self.check(not any(part in written for part in parts), f"{name}: a token is written somewhere")

    @staticmethod
    def call(gateway, fields, timeout=WAIT, method="GET", body=None):
        """Status, header fields and body of a REST call."""
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=timeout)
        try:
            connection.request(method, "/api/v1/sessions", headers=fields, body=body)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def status(self, gateway, token):
        return self.call(gateway, bearer(token))[0]

    @staticmethod
    def handshake(gateway, fields):
        """The status of a WebSocket's handshake."""
        try:
            url = f"ws://127.0.0.1:{gateway.port}/api/v1/ws/new_1"
            with connect(url, additional_headers=fields, open_timeout=WAIT, close_timeout=WAIT):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    # --- parts

    def good_tokens(self):
        long, third = SigningKey("long", 4096), SigningKey("third", 3072)
        bare = {name: long.public()[name] for name in ("kty", "n", "e", "kid")}
        unusable = [
            {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "curve"},
            {"kty": "oct", "k": "AA", "kid": "secret"},
            self.key.public(use="enc", kid="encryption"),
            {"kid": "nothing"},
        ]
        service = AuthService([*unusable, self.key.public(), bare, third.public()])
        with self.gateway("good", service.url) as gateway:
            now = int(time.time())
            for what, token in (
                ("2048 bits", self.key.token()),
                ("4096 bits, a key without use and alg", long.token()),
                ("3072 bits", third.token()),
                ("several audiences", self.key.token(aud=["another", AUDIENCE])),
                ("no kid", self.key.token(header={})),
                ("the kid of another key", third.token(header={"kid": "first"})),
                ("more claims", self.key.token(iat=now, nbf=now - 5, jti="x", scope=["a", {"b": None}])),
                ("an expiry with a fraction", self.key.token(exp=now + 60.5)),
            ):
                self.check(self.status(gateway, token) == 200, f"a good token: {what}")
            lower = {"authorization": f"bearer {self.key.token()}"}
            self.check(self.call(gateway, lower)[0] == 200, "names and scheme in lower case")
            sent = self.call(gateway, bearer(self.key.token()), method="POST", body=b"{}")
            self.check(sent[0] in (200, 201), f"a call with a body: {sent[0]}")
            self.check(service.requests == 1, f"{service.requests} fetches of the keys instead of one")
        service.close()

    def bad_tokens(self):
        stranger = SigningKey("first")
        now = int(time.time())
        key = self.key
        modulus = key.public()["n"].encode()
        head, claims, signature = key.token().split(".")
        changed = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"sub": "admin"}
        bad = {
            "expired": key.token(exp=now - 1),
            "without an expiry": key.token(without=["exp"]),
            "an expiry that is a text": f"{head}.{encoded({'exp': '9'})}.{signature}",
            "not valid yet": key.token(nbf=now + 600),
            "another issuer": key.token(iss="https://elsewhere"),
            "without an issuer": key.token(without=["iss"]),
            "another audience": key.token(aud="another"),
            "other audiences": key.token(aud=["another", "codelab"]),
            "without an audience": key.token(without=["aud"]),
            "a refresh token": key.token(type="refresh"),
            "without a type": key.token(without=["type"]),
            "RS384": key.token(algorithm="RS384"),
            "PS256": key.token(algorithm="PS256"),
            "no algorithm": forged(key, "none", lambda _: b""),
            "HS256 with the public key as secret": forged(
                key, "HS256", lambda text: hmac.digest(modulus, text, hashlib.sha256)
            ),
            "a critical extension": key.token(header={"kid": "first", "crit": ["x"], "x": 1}),
            "a stranger's key under the same name": stranger.token(),
            "a stranger's key without a name": stranger.token(header={}),
            "other claims": f"{head}.{encoded(changed)}.{signature}",
            "another signature": f"{head}.{claims}.{encoded(b'x' * 256)}",
            "an empty signature": f"{head}.{claims}.",
            "two parts": f"{head}.{claims}",
            "four parts": f"{head}.{claims}.{signature}.x",
            "not base64": f"{head}.{claims}!.{signature}",
            "padded": f"{head}=.{claims}.{signature}",
            "no JSON": f"{encoded(b'x')}.{claims}.{signature}",
            "nothing": "",
            "very long": "a" * 15_000,
        }
        service = AuthService([key.public()])
        with self.gateway("bad", service.url) as gateway:
            for what, token in bad.items():
                status, fields, body = self.call(gateway, bearer(token))
                is_refused = status == 401 and json.loads(body) == {"detail": "unauthorized"}
                self.check(is_refused, f"a bad token, {what}: {status} {body[:80]}")
                asks = (fields["WWW-Authenticate"] or "").startswith("Bearer")
                self.check(asks, f"a bad token, {what}: WWW-Authenticate is {fields['WWW-Authenticate']}")
            for what, fields in {
                "nothing": {},
                "Basic": {"Authorization": "Basic dTpw"},
                "a bad token beside the key": bearer("no token") | {"X-Internal-Auth": KEY},
            }.items():
                self.check(self.call(gateway, fields)[0] == 401, f"{what} is let in")
            self.check(self.call(gateway, {"X-Internal-Auth": KEY})[0] == 200, "the key is refused")
            wanted = "INFO: [gateway] Refused an access token from 127.0.0.1:"
            told = [line for line in gateway.lines if line.startswith(wanted)]
            self.check(0 < len(told) < len(bad), f"{len(told)} lines tell why")
        service.close()

    def keys_that_change(self):
        service = AuthService([self.key.public()])
        second = SigningKey("second")
        with self.gateway("rotation", service.url) as gateway:
            self.check(self.status(gateway, self.key.token()) == 200, "the first key is not taken")
            service.keys = [second.public()]
            # It waits until keys may be fetched again.
            self.check(self.status(gateway, second.token()) == 200, "a new key is not noticed")
            self.check(service.requests == 2, f"{service.requests} fetches instead of two")
            old = self.key.token()
            found = []
            callers = [
                threading.Thread(target=lambda: found.append(self.status(gateway, old)))
                for _ in range(20)
            ]
            for thread in callers:
                thread.start()
            for thread in callers:
                thread.join(WAIT)
            self.check(found == [401] * 20, f"a key that was taken back: {found}")
            self.check(service.requests == 3, f"{service.requests} fetches instead of three")
            service.status = 500
            status, fields, _ = self.call(gateway, bearer(old))
            is_right = status == 503 and 1 <= int(fields["Retry-After"]) <= 10
            self.check(is_right, f"an unknown key while the service fails: {status}")
            self.check(self.status(gateway, second.token()) == 200, "old keys do not survive a failure")
            wanted = "WARNING: [gateway] Cannot get the keys of access tokens from"
            self.check(any(line.startswith(wanted) for line in gateway.lines), "the failure is not told")
            service.status, service.keys = 200, []
            self.check(self.becomes(gateway, second.token, 503), "keys that were all taken back go on")
        service.close()

    def a_service_that_is_away(self):
        service = AuthService([self.key.public()], listens=False)
        with self.gateway("away", service.url) as gateway:
            status, fields, body = self.call(gateway, bearer(self.key.token()))
            is_right = status == 503 and 1 <= int(fields["Retry-After"]) <= 10 and b"tokens" in body
            self.check(is_right, f"without keys: {status} {body}")
            self.check(self.call(gateway, {"X-Internal-Auth": KEY})[0] == 200, "the key needs no service")
            self.check(gateway.health()[0] == 200, "the health depends on the auth service")
            service.listen()
            self.check(self.becomes(gateway, self.key.token, 200), "the service's return is not noticed")
        service.close()

    def a_service_that_is_slow(self):
        service = AuthService([self.key.public()])
        service.may_answer.clear()
        with self.gateway("slow", service.url) as gateway:
            found = []
            callers = [
                threading.Thread(target=lambda token=token: found.append(self.status(gateway, token)))
                for token in (self.key.token(), self.key.token(exp=1), self.key.token())
            ]
            sockets = threading.Thread(
                target=lambda: found.append(self.handshake(gateway, bearer(self.key.token())))
            )
            for thread in [*callers, sockets]:
                thread.start()
            self.check(self.call(gateway, {"X-Internal-Auth": KEY})[0] == 200, "others wait with them")
            self.check(gateway.health()[0] == 200, "the health waits with them")
            # One caller leaves while it waits.
            with contextlib.suppress(TimeoutError):
                self.call(gateway, bearer(self.key.token()), timeout=0.2)
            service.may_answer.set()
            for thread in [*callers, sockets]:
                thread.join(WAIT)
            self.check(sorted(found) == [101, 200, 200, 401], f"those that waited got {sorted(found)}")
            self.check(service.requests == 1, f"{service.requests} fetches instead of one")
        service.close()

    def no_keys(self):
        for what, keys, status in (
            ("none", [], 200),
            ("only others", [{"kty": "EC", "kid": "first"}], 200),
            ("too short", [SigningKey("first", 1024).public()], 200),
            ("a status", [self.key.public()], 404),
        ):
            service = AuthService(keys)
            service.status = status
            with self.gateway(f"no-keys-{what.replace(' ', '-')}", service.url) as gateway:
                found = self.status(gateway, self.key.token())
                self.check(found == 503, f"keys, {what}: {found}")
            service.close()

    def websockets(self):
        service = AuthService([self.key.public()])
        with self.gateway("websockets", service.url) as gateway:
            good, bad = bearer(self.key.token()), bearer(self.key.token(exp=1))
            self.check(self.handshake(gateway, good) == 101, "a good token opens no WebSocket")
            self.check(self.handshake(gateway, bad) == 401, "a bad token opens a WebSocket")
            self.check(self.handshake(gateway, {}) == 101, "optional: one without is refused")
            opened = [json.loads(row[5]) for row in rows(gateway.log) if row[3] == CONNECTION_OPENED]
            proofs = [body["authentication"] for body in opened]
            self.check(proofs == ["jwt", "none"], f"on record: {proofs}")
        with self.gateway("required", service.url, GATEWAY__WS_AUTH="required") as gateway:
            self.check(self.handshake(gateway, good) == 101, "required: a token does not do")
            self.check(self.handshake(gateway, {}) == 401, "required: one without is let in")
        with self.gateway("off", service.url, GATEWAY__USE_JWT_AUTH="false") as gateway:
            self.check(self.handshake(gateway, bad) == 101, "off: a token is looked at")
            self.check(self.status(gateway, self.key.token()) == 401, "off: a token is taken")
        service.close()

    def several_loops(self):
        service = AuthService([self.key.public()])
        with self.gateway("loops", service.url, GATEWAY__LOOPS="3") as gateway:
            found = {self.status(gateway, self.key.token()) for _ in range(30)}
            self.check(found == {200}, f"with three loops: {found}")
        service.close()

    def a_url_with_tls(self):
        settings = {
            "GATEWAY__USE_JWT_AUTH": "true",
            "GATEWAY__AUTH_SERVICE_URL": "https://auth",
            "GATEWAY__LOG_DIR": os.path.join(self._folder, "tls"),
        }
        program = os.path.join(self._programs, "gateway")
        result = subprocess.run(
            [program, "config"], env=environment(settings), capture_output=True, text=True, check=False
        )
        says = "GATEWAY__AUTH_SERVICE_URL" in result.stderr and "TLS" in result.stderr
        self.check(result.returncode != 0 and says, f"https: {result.returncode} {result.stderr}")

    def becomes(self, gateway, make_token, status):
        """Whether a token gets that status in time."""
        end = time.monotonic() + RETRY
        while time.monotonic() < end:
            if self.status(gateway, make_token()) == status:
                return True
            time.sleep(0.25)
        return False


def main():
    options = command_line.parser("token-check").parse_args()
    folder = tempfile.mkdtemp(prefix="token-check-", dir=options.logs)
    tally = Tally()
    test = TokenCheck(options.programs, folder, tally)

    def run(part):
        try:
            part()
        except Exception:
            tally.check(False, f"{part.__name__}: {traceback.format_exc()}")

    # Side by side: most of the time they wait until keys may be asked for again.
    parts = (
        test.keys_that_change,
        test.a_service_that_is_away,
        test.good_tokens,
        test.bad_tokens,
        test.a_service_that_is_slow,
        test.no_keys,
        test.websockets,
        test.several_loops,
        test.a_url_with_tls,
    )
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, parts))
    test.agent.stop()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
