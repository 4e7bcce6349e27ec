"""What no line of Homeward may do: words that make text into a page, a query or a program."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_house import SOURCE

CALLED = {
    "mark_safe": "text becomes a page unescaped",
    "RawSQL": "a query is put together from text",
    "raw": "a query is put together from text",
    "extra": "a query is put together from text",
    "eval": "text is run",
    "exec": "text is run",
    "__import__": "text is run",
    "system": "text is run by a shell",
    "popen": "text is run by a shell",
    "urlopen": "something outside is asked",
}
IMPORTED = {"pickle", "cPickle", "dill", "shelve", "marshal", "yaml", "requests", "httpx", "urllib.request"}
# Who may hold a cursor: row-level security, triggers, bulk writes, erasure, the check at a start, backup.
CURSORS = {
    "records/row_security.py",
    "records/triggers.py",
    "records/bulk.py",
    "records/operations/protect.py",
    "config/checks.py",
    "config/safekeeping/databases.py",
}
# Who may start another program: the sandboxes for files and for papers, and PostgreSQL's own tools; no shell.
PROGRAMS = {"files/apart.py", "reports/pdf.py", "config/safekeeping/databases.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        name = file.relative_to(SOURCE).as_posix()
        if "/migrations/" not in name:
            yield name, ast.parse(file.read_text("utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield getattr(called, "attr", getattr(called, "id", "")), node


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_no_text_becomes_a_page_a_query_or_a_program() -> None:
    for name, tree in modules():
        for called, node in calls(tree):
            assert called not in CALLED, f"{name}, line {node.lineno}: {called}, {CALLED.get(called)}"
        found = IMPORTED & set(imports(tree))
        assert not found, f"{name}: {found}"


def test_a_cursor_and_another_program_are_in_few_hands() -> None:
    cursors = {name for name, tree in modules() if any(called == "cursor" for called, _ in calls(tree))}
    assert cursors == CURSORS
    programs = {name for name, tree in modules() if "subprocess" in set(imports(tree))}
    assert programs == PROGRAMS
    for name, tree in modules():
        for _, node in calls(tree):
            assert not any(word.arg == "shell" for word in node.keywords), f"{name}, line {node.lineno}"


def test_a_form_names_what_it_takes() -> None:
    """No form or answer is made from a table: what is not named cannot be written (mass assignment)."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}
                assert not bases & {"ModelForm", "ModelSchema"}, f"{name}: {node.name}"
        assert not {"modelform_factory", "modelformset_factory", "inlineformset_factory"} & {
            called for called, _ in calls(tree)
        }, name


def test_html_that_code_puts_together_has_its_words_written_out() -> None:
    """`format_html` escapes all but its first words, and SafeString nothing: these are literals."""
    for name, tree in modules():
        for called, node in calls(tree):
            if called in ("format_html", "format_html_join", "SafeString"):
                literal = node.args[1 if called == "format_html_join" else 0]
                assert isinstance(literal, ast.Constant), f"{name}, line {node.lineno}"


@pytest.mark.parametrize("word", ["|safe", "autoescape off", "safeseq", "{% filter", "{% debug"])
def test_no_template_turns_escaping_off(word: str) -> None:
    for file in (SOURCE / "web").rglob("*.html"):
        assert word not in file.read_text("utf-8").replace(" |", "|").replace("| ", "|"), file.name


@pytest.mark.parametrize(
    "word",
    [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "caches.",
    ],
)
def test_no_script_makes_a_page_from_text_or_keeps_anything(word: str) -> None:
    for file in (SOURCE / "web" / "static" / "homeward").glob("*.js"):
        if file.name != "govuk-frontend.min.js":
            assert word not in file.read_text("utf-8"), file.name


def test_no_secret_stands_in_the_code() -> None:
    for file in Path(SOURCE).rglob("*"):
        if file.suffix in (".py", ".toml", ".html", ".js"):
            assert "PRIVATE KEY-----" not in file.read_text("utf-8"), file.name


def test_only_aes_gcm_seals_and_only_long_hashes_are_made() -> None:
    ciphers = {"cryptography.exceptions", "cryptography.hazmat.primitives.ciphers.aead"}
    ciphers |= {"cryptography.hazmat.primitives.hashes", "cryptography.hazmat.primitives.kdf.hkdf"}
    for name, tree in modules():
        assert {one for one in imports(tree) if one.startswith("cryptography")} <= ciphers, name
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        used |= {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        weak = {"md5", "sha1", "new_md5", "ChaCha20Poly1305", "AESCCM", "Cipher", "modes"}
        assert not weak & used, f"{name}: {weak & used}"


def test_what_must_not_be_guessed_comes_from_the_machines_own_chance() -> None:
    """`random` is for invented children alone."""
    for name, tree in modules():
        assert "random" not in set(imports(tree)) or name.startswith("demo/"), name


def test_the_shipped_settings_are_safe() -> None:
    from importlib import import_module

    from django.contrib.sessions.backends import db

    from homeward.config import settings as shipped

    assert shipped.DEBUG is False
    assert "Argon2" in shipped.PASSWORD_HASHERS[0]
    assert shipped.SOCIALACCOUNT_STORE_TOKENS is False  # no token of the directory is kept
    assert set(shipped.MFA_SUPPORTED_TYPES) == {
        "totp",
        "webauthn",
        "recovery_codes",
    }
    assert "*" not in shipped.ALLOWED_HOSTS
    assert not {"django.contrib.admin", "debug_toolbar"} & set(shipped.INSTALLED_APPS)
    assert issubclass(import_module(shipped.SESSION_ENGINE).SessionStore, db.SessionStore)


def test_nothing_but_the_packages_own_styles_and_scripts_is_served() -> None:
    files = {file.suffix for file in (SOURCE / "web" / "static").rglob("*") if file.is_file()}
    assert files == {".css", ".js", ".svg", ".txt"}
