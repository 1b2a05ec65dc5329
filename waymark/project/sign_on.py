"""The providers of sign-ins: a file of TOML with a table for each, read and checked at the start.

Its secrets stand in it or in files of their own, which nobody else may read. What is wrong is
said without any value: a value may be a secret.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from waymark.accounts.sign_on.providers import Provider, may_be_called, origin_of
from waymark.project.reading import Reading, wrong

NAME = "WAYMARK_SIGN_ON"
CODE = re.compile(r"[a-z][a-z0-9-]{1,19}")
WORD = re.compile(r"[!-~]{1,300}")
NEEDED = frozenset({"name", "issuer", "client_id"})
SECRETS = frozenset({"client_secret", "client_secret_file"})
LISTS = frozenset({"scopes", "two_factors_acr", "two_factors_amr", "passes_through"})
TABLES = (
    "a file of TOML with a table for each provider, named by 2 to 20 small letters, digits or"
    " hyphens"
)
KEYS = (
    "a file whose every table has name, issuer, client_id and one of client_secret and"
    " client_secret_file, and beside them none but " + ", ".join(sorted(LISTS))
)


def providers(reading: Reading) -> tuple[Provider, ...]:
    """Those of the file that the setting names; none if it is not given."""
    if not reading.given.get(NAME):
        return ()
    try:
        tables = tomllib.loads(reading.file(NAME))
    except tomllib.TOMLDecodeError:
        wrong(NAME, TABLES)
    found = tuple(_provider(reading, code, table) for code, table in tables.items())
    if not found:
        wrong(NAME, TABLES)
    if len({one.issuer for one in found}) < len(found):
        wrong(NAME, "a file in which no two providers have the same issuer")
    return found


def _provider(reading: Reading, code: str, table: Any) -> Provider:
    if not isinstance(table, dict) or not CODE.fullmatch(code):
        wrong(NAME, TABLES)
    given = set(table)
    if not given >= NEEDED or len(given & SECRETS) != 1 or given - NEEDED - SECRETS - LISTS:
        wrong(NAME, KEYS)
    name = table["name"]
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name.strip()) <= 60:
        wrong(NAME, "a file in which each name has 1 to 60 characters, as on the button")
    return Provider(
        code=code,
        name=name.strip(),
        issuer=_issuer(table["issuer"]),
        client_id=_word(table["client_id"], "client_id"),
        client_secret=_word(_secret(reading, table), "client secret"),
        scopes=_words(table, "scopes"),
        acr=_words(table, "two_factors_acr"),
        amr=tuple(frozenset(one.split("+")) for one in _words(table, "two_factors_amr")),
        passes_through=_origins(table),
    )


def _issuer(given: Any) -> str:
    if not isinstance(given, str) or not may_be_called(given) or "?" in given:
        wrong(NAME, "a file in which each issuer is https:// and an address without question mark"
                    " (http:// only on this machine itself)")  # fmt: skip
    return given


def _origins(table: dict[str, Any]) -> tuple[str, ...]:
    found = _words(table, "passes_through")
    if not all(may_be_called(one) and origin_of(one) == one for one in found):
        wrong(NAME, "a file in which passes_through lists https:// and hosts, without a path")
    return found


def _secret(reading: Reading, table: dict[str, Any]) -> Any:
    if "client_secret" in table:
        return table["client_secret"]
    path = Path(str(table["client_secret_file"]))
    if not path.is_absolute() or not path.is_file():
        wrong(NAME, "a file in which each client_secret_file is the absolute path of a file")
    return reading.private_text(NAME, path).strip()


def _words(table: dict[str, Any], key: str) -> tuple[str, ...]:
    given = table.get(key, [])
    if not isinstance(given, list):
        wrong(NAME, f"a file in which {key} is a list of words")
    return tuple(_word(one, key) for one in given)


def _word(given: Any, key: str) -> str:
    if not isinstance(given, str) or not WORD.fullmatch(given):
        wrong(NAME, f"a file in which each {key} is of letters, digits and signs without spaces")
    return given
