from __future__ import annotations

import stat
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flowlight.blocks.core import Block
from flowlight.blocks.system import JSON, DateTime, Secret, String
from flowlight.errors import NotSupported
from flowlight.store import documents
from flowlight.store.errors import StoreError
from pydantic import Field, SecretStr, ValidationError

HIDDEN = "sk-correct-horse-battery"


class Database(Block):
    host: str
    password: SecretStr
    inner: dict[str, SecretStr] = Field(default_factory=dict)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_saved_cannot_be_read_in_the_file(home: Path) -> None:
    Secret(value=HIDDEN).save("key")
    Database(host="plain-host", password=HIDDEN, inner={"a": HIDDEN}).save("db")
    kept = everything_in(home)
    assert HIDDEN.encode() not in kept
    assert b"plain-host" not in kept
    assert Secret.load("key").get() == HIDDEN
    assert Database.load("db").inner["a"].get_secret_value() == HIDDEN


def test_only_the_owner_may_read_the_key_and_the_file(home: Path) -> None:
    Secret(value=HIDDEN).save("key")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.iterdir())}
    assert modes == {"home": 0o700, "key": 0o600, "flowlight.db": 0o600}


def test_the_key_may_come_from_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWLIGHT_ENCRYPTION_KEY", Fernet.generate_key().decode())
    Secret(value=HIDDEN).save("key")
    assert Secret.load("key").get() == HIDDEN
    assert not (home / "key").exists()
    monkeypatch.setenv("FLOWLIGHT_ENCRYPTION_KEY", Fernet.generate_key().decode())
    with pytest.raises(StoreError, match="FLOWLIGHT_ENCRYPTION_KEY: it was saved with another"):
        Secret.load("key")
    monkeypatch.setenv("FLOWLIGHT_ENCRYPTION_KEY", "short")
    with pytest.raises(StoreError, match="expected 32 bytes in URL-safe base64") as caught:
        Secret.load("key")
    assert "short" not in str(caught.value)


def test_a_key_that_is_lost_is_said(home: Path) -> None:
    Secret(value=HIDDEN).save("key")
    (home / "key").unlink()
    with pytest.raises(StoreError, match="cannot be decrypted with the key of"):
        Secret.load("key")


@pytest.mark.filterwarnings("ignore:Type .Changing. at")  # as on Prefect
def test_no_error_shows_a_secret() -> None:
    class Changing(Block):
        password: SecretStr

    Changing(password=HIDDEN).save("changing")

    class Changing(Block):  # type: ignore[no-redef]  # a new version of the class
        password: SecretStr
        port: int

    with pytest.raises(RuntimeError, match="failed validation") as loading:
        Changing.load("changing")
    with pytest.raises(ValidationError) as making:
        Database(password=HIDDEN)
    for caught in (loading, making):
        shown = "".join(traceback.format_exception(caught.value))
        assert HIDDEN not in shown
    assert HIDDEN not in repr(documents.find("changing", "changing"))


def test_a_secret_is_shown_when_it_is_asked_for() -> None:
    database = Database(host="h", password=HIDDEN)
    assert HIDDEN not in str(database.model_dump(mode="json"))
    assert database.model_dump(context={"include_secrets": True})["password"] == HIDDEN


def test_two_processes_may_make_the_key_and_save_at_once(home: Path) -> None:
    script = (
        "import sys\n"
        "from flowlight.blocks.system import Secret\n"
        "sys.stdin.read()\n"
        "for n in range(25): Secret(value=str(n)).save(f'{sys.argv[1]}-{n}')\n"
        "Secret(value=sys.argv[1]).save('both', overwrite=True)\n"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", script, name], stdin=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    for child in children:
        child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0]
    assert len(documents.list_all()) == 51
    assert {Secret.load(f"{name}-{n}").get() for name in "ab" for n in range(25)} == set(range(25))
    assert Secret.load("both").get() in {"a", "b"}


@pytest.mark.parametrize(
    ("kind", "value"), [(JSON, {"a": [1]}), (String, "text"), (DateTime, "2024-01-02T03:04:05Z")]
)
def test_the_blocks_of_prefect_2_work_and_say_what_takes_their_place(
    kind: type[Block], value: object
) -> None:
    with pytest.warns(
        DeprecationWarning, match=r"Prefect 3 has no .* prefect\.variables\.Variable"
    ):
        made = kind(value=value)
    made.save("former")
    with pytest.warns(DeprecationWarning, match="does not run on it"):
        loaded = kind.load("former")
    assert loaded.value == made.value


def test_a_client_of_prefects_api_is_refused() -> None:
    with pytest.raises(NotSupported, match="leave `client` out"):
        Secret.load("key", client=object())
    with pytest.raises(NotSupported, match="leave `client` out"):
        Secret(value=1).save("key", client=object())


def test_a_type_that_was_not_imported_is_said() -> None:
    from flowlight.blocks.core import UnknownBlockType

    documents.create("somewhere-else", "name", {})
    with pytest.raises(UnknownBlockType, match=r"'somewhere-else'.*is imported before"):
        Block.load("somewhere-else/name")
