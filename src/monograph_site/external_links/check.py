"""Whether addresses of other sites work: every one is asked once, several hosts at a time."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from msgspec.structs import replace

from ..build.remote import NotPublicError
from .client import Answer, Client
from .pace import HostUnavailableError
from .results import LinkResult

MAX_REDIRECTS = 10
MAX_HOSTS = 8
"""Hosts that are asked at the same time."""
ARCHIVE = "https://archive.org/wayback/available"
"""The availability API of the Wayback Machine (https://archive.org/help/wayback_api.php)."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_REFUSALS = frozenset((401, 402, 403, 405, 406, 407, 408, 418, 421, 423, 425, 451, 501, 511, 999))
"""Statuses that say more about the request, or who makes it, than about the page. 999 is what some
hosts answer to programs."""
_NO_SUCH_HOST = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)
_CERTAIN_CERTIFICATE_ERRORS = frozenset((9, 10, 18, 62, 64))
"""OpenSSL's numbers for: not valid yet, expired, self-signed, of another host, of another IP
address. With others, the host may have left out an intermediate certificate that browsers know."""


def check_addresses(
    urls: Iterable[str], client: Client, report: Callable[[str, LinkResult], None]
) -> None:
    """Ask for all addresses, and report the result of each as it comes; one call at a time. An
    interrupt ends all waiting."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(_host(url), []).append(url)
    lock = threading.Lock()

    def check_host(addresses: list[str]) -> None:
        for url in addresses:
            result = check_address(url, client)
            with lock:
                report(url, result)

    pool = ThreadPoolExecutor(MAX_HOSTS)
    try:
        jobs = [pool.submit(check_host, addresses) for addresses in by_host.values()]
        for job in wait(jobs, return_when=FIRST_EXCEPTION).done:
            job.result()
    except BaseException:
        client.pace.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def check_address(url: str, client: Client) -> LinkResult:
    """Ask for an address, and for those it redirects to. No errors are raised."""
    try:
        return replace(_follow(url, client), checked=client.now())
    except HostUnavailableError as problem:
        return LinkResult("rate-limited", str(problem))
    except (OSError, ValueError, http.client.HTTPException) as problem:
        outcome, detail = _outcome_of_error(problem)
        return LinkResult(outcome, detail, checked=client.now())


def archived_copy(url: str, client: Client, archive: str = ARCHIVE) -> str | None:
    """The address of an archived copy of a page; '' where there is none, None where the archive
    does not say."""
    try:
        request = f"{archive}?url={quote(url, safe='')}"
        answer = client.request("GET", request, with_body=True)
        if answer.status != http.client.OK:
            return None
        copy = json.loads(answer.body)["archived_snapshots"].get("closest", {})
        address = copy.get("url", "") if copy.get("available") else ""
    except (OSError, ValueError, http.client.HTTPException, HostUnavailableError):
        return None
    except (LookupError, TypeError, AttributeError):  # not what the API promises
        return None
    if not isinstance(address, str):
        return None
    return address.replace("http://web.archive.org/", "https://web.archive.org/", 1)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _follow(url: str, client: Client) -> LinkResult:
    """The result of an address that answers in HTTP."""
    current, target, is_permanent = url, "", True
    for _ in range(MAX_REDIRECTS + 1):
        answer = client.probe(current)
        if answer.status not in _REDIRECTS or not answer.location:
            return _outcome_of_answer(url, answer, target, current)
        current = urljoin(current, _latin_1_as_utf_8(answer.location)).partition("#")[0]
        is_permanent = is_permanent and answer.status in _PERMANENT
        target = current if is_permanent else target
    # Hosts do this to programs that keep no cookies, too.
    return LinkResult("too-many-redirects", f"more than {MAX_REDIRECTS} redirects")


def _outcome_of_answer(url: str, answer: Answer, target: str, final: str) -> LinkResult:
    """The result by the last answer. `target` is where permanent redirects lead, '' without any;
    `final` is the address that answered."""
    status = answer.status
    detail = f"{status} {_reason(answer)}".rstrip()
    if status < http.client.BAD_REQUEST:
        return _working(url, target, detail, status)
    if status == http.client.TOO_MANY_REQUESTS:
        return LinkResult("rate-limited", detail, status)
    if answer.is_challenge or status in _REFUSALS:
        return LinkResult("refused", detail, status)
    where = f"{detail}, at {final}" if final != url else detail
    return LinkResult("server-error" if status >= 500 else "http-error", where, status)


def _working(url: str, target: str, detail: str, status: int) -> LinkResult:
    """The result of an address that leads to a page. Many hosts send readers of a removed page to
    their home page, which nothing should link to in its place."""
    if not target:
        return LinkResult("works", detail, status)
    if urlsplit(url).path.strip("/") and not urlsplit(target).path.strip("/"):
        words = f"readers land on the home page, {target}; the page may be gone"
        return LinkResult("moved-to-home-page", words, status)
    return LinkResult("moved", detail, status, target)


def _outcome_of_error(problem: Exception) -> tuple[str, str]:
    """The outcome of a request without an answer, and what it was in words."""
    detail = str(problem) or type(problem).__name__
    if isinstance(problem, NotPublicError):
        return "private-address", detail
    if isinstance(problem, ssl.SSLCertVerificationError):
        is_certain = problem.verify_code in _CERTAIN_CERTIFICATE_ERRORS
        return ("bad-certificate" if is_certain else "unverified-certificate"), (
            f"certificate: {problem.verify_message}"
        )
    if isinstance(problem, socket.gaierror):
        if problem.errno in _NO_SUCH_HOST:
            return "unknown-host", "there is no host of this name"
        return "dns-failure", problem.strerror or detail
    if isinstance(problem, TimeoutError):
        return "timeout", "no answer in time"
    if isinstance(problem, http.client.InvalidURL | UnicodeError):
        return "invalid-address", detail
    if isinstance(problem, OSError):
        return "connection-failed", problem.strerror or detail
    if isinstance(problem, http.client.HTTPException):
        return "connection-failed", f"the answer is not HTTP ({type(problem).__name__})"
    return "invalid-address", detail


def _reason(answer: Answer) -> str:
    """The standard words of a status; those of the host where there are none."""
    try:
        return HTTPStatus(answer.status).phrase
    except ValueError:
        return answer.reason


def _latin_1_as_utf_8(location: str) -> str:
    """A header, which `http.client` reads as Latin-1, though hosts write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
