"""Model packages: finding them in order, and no trust in what comes from outside."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa import models
from dwibahasa.errors import ModelError, ModelNotFoundError
from dwibahasa.models import archive as archive_module
from dwibahasa.models import store
from model_folders import ARGOS, DECODER, files, make_archive, make_folder

SHIPPED = Path(__file__).parents[1] / "models" / "id_en" / "dwibahasa_model_id_en" / "id_en"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with nothing installed."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("DWIBAHASA_MODEL", raising=False)
    return tmp_path


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution with the entry point `aa_model`, which comes first by name."""
    site = tmp_path / "site"
    info = site / "aa_model-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: aa-model\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[dwibahasa.models]\naa_model = aa_model_package:path\n")
    (site / "aa_model_package.py").write_text(
        "from pathlib import Path\npath = Path(__file__).parent / 'aa'\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "aa_model_package", raising=False)
    return make_folder(site / "aa", DECODER)


def test_a_folder_is_read(tmp_path: Path) -> None:
    package = models.find(make_folder(tmp_path / "mine", weights=b"abc"))
    assert package == models.Package(
        name="mine",
        path=tmp_path / "mine",
        version="1.9",
        source_language="id",
        target_language="en",
        kind="argos",
        sha256=hashlib.sha256(b"abc").hexdigest(),
        origin="path",
    )


def test_a_decoder_is_known_by_its_metadata(tmp_path: Path) -> None:
    assert models.find(make_folder(tmp_path / "mine", DECODER)).kind == "decoder"


def test_order_of_places(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert models.find() == models.read_package(bundle, "bundled", "aa_model")
    default = models.use(make_folder(tmp_path / "default"))
    assert models.find() == default
    monkeypatch.setenv("DWIBAHASA_MODEL", str(make_folder(tmp_path / "variable")))
    assert models.find().name == "variable"
    assert models.find(make_folder(tmp_path / "argument")).name == "argument"
    assert models.find("aa_model").origin == "bundled"
    monkeypatch.setenv("DWIBAHASA_MODEL", "")
    models.use_bundled()
    assert models.find().name == "aa_model"


def test_a_name_comes_before_a_folder_of_that_name(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder(tmp_path / "aa_model")
    monkeypatch.chdir(tmp_path)
    assert models.find("aa_model").path == bundle
    assert models.find("./aa_model").path == Path("aa_model")
    assert models.find(Path("aa_model")).path == Path("aa_model")


def test_the_message_tells_who_asked_and_what_is_known(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWIBAHASA_MODEL", "nowhere")
    with pytest.raises(ModelNotFoundError, match="DWIBAHASA_MODEL: no model is named 'nowhere'; known: aa_model"):
        models.find()
    monkeypatch.delenv("DWIBAHASA_MODEL")
    store.default_file().parent.mkdir(parents=True)
    store.default_file().write_text("/gone/away\n")
    with pytest.raises(ModelNotFoundError, match=r"configured default .*: /gone/away: no such"):
        models.find()


@pytest.mark.parametrize("name", ["", "no/such", "x.argosmodel", "~nobody-of-that-name", "a" * 5000, "a\0b"])
def test_what_is_not_there(name: str) -> None:
    with pytest.raises(ModelError):
        models.find(name)


def test_no_model_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_bundled", dict)
    with pytest.raises(ModelNotFoundError, match="no model is installed"):
        models.find()


def test_a_broken_distribution_is_told(bundle: Path) -> None:
    (bundle.parent / "aa_model_package.py").write_text("raise ImportError('half installed')\n")
    with pytest.raises(ModelError, match="aa_model is broken: half installed"):
        models.find()


@pytest.mark.parametrize("name", ["metadata.json", "sentencepiece.model", "model/model.bin"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (make_folder(tmp_path / "mine") / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}.* is missing"):
        models.find(tmp_path / "mine")


@pytest.mark.parametrize("name", ["sentencepiece.model", "model/model.bin"])
def test_an_empty_file_is_named(tmp_path: Path, name: str) -> None:
    (make_folder(tmp_path / "mine") / name).write_bytes(b"")
    with pytest.raises(ModelError, match=name):
        models.find(tmp_path / "mine")


def test_a_package_may_have_bpe(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    (folder / "sentencepiece.model").rename(folder / "bpe.model")
    assert models.find(folder).kind == "argos"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe{",
        b"[" * 100_000,
        b"[1]",
        b"{}",
        json.dumps(ARGOS | {"from_code": 7}).encode(),
        json.dumps(ARGOS | {"to_code": "en\x1b[31m"}).encode(),
        json.dumps(ARGOS | {"package_version": "1|model:other"}).encode(),
        json.dumps(ARGOS | {"decoder_only": True}).encode(),
        json.dumps(ARGOS | {"decoder_only": {"prompt": ["<bos>"], "end": "<eos>"}}).encode(),
        json.dumps(ARGOS | {"decoder_only": {"prompt": ["{source}", "{source}"], "end": "<eos>"}}).encode(),
        json.dumps(ARGOS | {"decoder_only": {"prompt": ["{source}"]}}).encode(),
        json.dumps(ARGOS | {"decoder_only": {"prompt": ["{source}"], "end": "e", "term_markup": ["a"]}}).encode(),
    ],
)
def test_bad_metadata_is_named(tmp_path: Path, content: bytes) -> None:
    (make_folder(tmp_path / "mine") / "metadata.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"metadata\.json"):
        models.find(tmp_path / "mine")


def test_the_hash_is_computed_once_and_again_when_the_file_changes(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    first = models.find(folder).sha256
    (folder / "model/model.bin").write_bytes(b"other weights")
    assert models.find(folder).sha256 == hashlib.sha256(b"other weights").hexdigest() != first


def test_a_recorded_hash_is_preferred_and_verified(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  model/model.bin\n")
    package = models.find(folder)
    assert package.sha256 == "0" * 64
    with pytest.raises(ModelError, match=r"metadata\.json is not recorded.*model/model\.bin has changed"):
        models.verify(package)


@pytest.mark.parametrize("line", ["", "zz  model/model.bin", f"{'0' * 63}  model/model.bin", f"{'0' * 64}"])
def test_a_malformed_record_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (make_folder(tmp_path / "mine") / "SHA256SUMS").write_text(f"{'0' * 64}  metadata.json\n{line}\n")
    with pytest.raises(ModelError, match="SHA256SUMS:2"):
        models.find(tmp_path / "mine")


def test_install_use_verify_remove(tmp_path: Path) -> None:
    package = models.install(make_archive(tmp_path / "translate-id_en-1_9.argosmodel"))
    assert package.name == "translate-id_en-1_9" and package.origin == "installed"
    assert models.find("translate-id_en-1_9") == package and package in models.installed()
    assert models.verify(package) == tuple(sorted(files(ARGOS)))
    assert models.use(package.name) == package == models.find()
    with pytest.raises(ModelError, match="is there already"):
        models.install(tmp_path / "translate-id_en-1_9.argosmodel")

    (package.path / "model/model.bin").write_bytes(b"tampered")
    (package.path / "sentencepiece.model").unlink()
    (package.path / "bpe.model").write_bytes(b"pieces")
    with pytest.raises(ModelError) as caught:
        models.verify(package)
    for fault in ("model/model.bin has changed", "sentencepiece.model is missing", "bpe.model is not recorded"):
        assert fault in str(caught.value)

    assert models.remove(package.name) == package.path
    assert list(package.path.parent.iterdir()) == [] and models.configured() == ""
    with pytest.raises(ModelNotFoundError):
        models.remove(package.name)


def test_an_archive_without_a_top_folder_and_under_a_name(tmp_path: Path) -> None:
    package = models.install(make_archive(tmp_path / "a.argosmodel", DECODER, top=""), name="baru")
    assert (package.name, package.kind) == ("baru", "decoder")
    assert sorted(p.name for p in package.path.parent.iterdir()) == ["baru"]


def test_an_archive_is_a_model_too_and_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_archive(tmp_path / "a.argosmodel")
    package = models.find(str(path))
    assert (package.name, package.origin) == ("a", "path")
    monkeypatch.setattr(store, "unpack", pytest.fail)
    assert models.find(path) == package
    assert models.use(path) == models.find() == package


@pytest.mark.parametrize("name", ["../out", ".hidden", "-rf", "a/b", "", "a b", "a\nb"])
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    path = make_archive(tmp_path / "a.argosmodel")
    with pytest.raises(ModelError, match="name has letters"):
        store._install(path, name)


def test_the_name_of_a_bundled_model_is_taken(tmp_path: Path, bundle: Path) -> None:
    with pytest.raises(ModelError, match="is there already"):
        models.install(make_archive(tmp_path / "aa_model.argosmodel"))
    with pytest.raises(ModelError, match="not removed here"):
        models.remove("aa_model")
    assert bundle.is_dir()


def test_a_linked_model_loses_its_link_only(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    store.models_folder().mkdir(parents=True)
    (store.models_folder() / "mine").symlink_to(folder)
    assert models.find("mine").origin == "installed"
    models.remove("mine")
    assert (folder / "metadata.json").is_file() and models.known().get("mine") is None


def nothing_left(home: Path) -> bool:
    """No file outside the archives themselves."""
    return not [p for p in home.rglob("*") if p.is_file() and p.suffix != ".argosmodel"]


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/evil", "\\evil", "..\\evil", "C:evil", "a/..", "ok\0.."])
def test_an_entry_that_leaves_the_folder_is_refused(home: Path, name: str) -> None:
    path = make_archive(home / "a.argosmodel", **{name.replace("\0", "@"): b"x"})
    path.write_bytes(path.read_bytes().replace(b"ok@", b"ok\0"))  # zipfile itself would cut the name there
    with pytest.raises(ModelError, match="leave the model's folder"):
        models.install(path)
    assert nothing_left(home)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(home: Path, kind: int) -> None:
    path = make_archive(home / "a.argosmodel")
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("translate-id_en/vocabulary.json")
        entry.external_attr = (kind | 0o644) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ModelError, match="link or a device"):
        models.install(path)
    assert nothing_left(home)


def test_bombs_are_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="unpack to 3"):
        models.install(make_archive(home / "a.argosmodel", zeros=bytes(30 << 20)))
    monkeypatch.setattr(archive_module, "MAX_BYTES", 20)
    with pytest.raises(ModelError, match="far more"):
        models.install(make_archive(home / "b.argosmodel"))
    monkeypatch.setattr(archive_module, "MAX_FILES", 3)
    with pytest.raises(ModelError, match="more than 3"):
        models.install(make_archive(home / "c.argosmodel"))
    assert nothing_left(home)


def test_an_entry_that_lies_about_its_size_is_refused(home: Path) -> None:
    path = make_archive(home / "a.argosmodel", more=b"A" * 5000)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("more")
    small, large = (10).to_bytes(4, "little"), entry.file_size.to_bytes(4, "little")
    raw = path.read_bytes()
    assert raw.count(large) >= 2
    path.write_bytes(raw.replace(large, small))
    with pytest.raises(ModelError, match="not a sound package archive"):
        models.install(path)
    assert nothing_left(home)


@pytest.mark.parametrize("entry", ["translate-id_en/metadata.json", "translate-id_en/model", "other/metadata.json"])
def test_clashing_entries_are_refused(home: Path, entry: str) -> None:
    with pytest.warns(UserWarning) if entry.endswith("en/metadata.json") else pytest.MonkeyPatch.context():
        path = make_archive(home / "a.argosmodel", **{entry: b"{}"})
    with pytest.raises(ModelError, match=r"a\.argosmodel"):
        models.install(path)
    assert nothing_left(home)


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "flipped", "encrypted", "no package"])
def test_a_damaged_archive_is_refused(home: Path, damage: str) -> None:
    path = make_archive(home / "a.argosmodel")
    raw = path.read_bytes()
    if damage == "no package":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "nothing")
    else:
        flags = raw.index(b"PK\x01\x02") + 8
        weights = raw.index(b"model/model.bin") + len("model/model.bin") + 3  # inside its compressed bytes
        path.write_bytes(
            {
                "empty": b"",
                "text": b"not a zip",
                "cut": raw[: len(raw) // 2],
                "flipped": raw[:weights] + bytes([raw[weights] ^ 0x10]) + raw[weights + 1 :],
                "encrypted": raw[:6] + b"\x01" + raw[7:flags] + b"\x01" + raw[flags + 1 :],
            }[damage]
        )
    with pytest.raises(ModelError, match=r"a\.argosmodel"):
        models.install(path)
    assert nothing_left(home)


def test_a_broken_package_in_an_archive_is_told_and_leaves_nothing(home: Path) -> None:
    path = make_archive(home / "a.argosmodel", {"from_code": "id"})
    with pytest.raises(ModelError, match=r"a\.argosmodel/metadata\.json: to_code"):
        models.install(path)
    assert nothing_left(home) and models.known().get("a") is None


def test_an_interrupt_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_module, "write_sums", interrupt)
    with pytest.raises(KeyboardInterrupt):
        models.install(make_archive(home / "a.argosmodel"))
    assert nothing_left(home)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_model_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.argosmodel"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        archive_module.unpack(path, path.with_name("out"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_told(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "mine")
    (folder / "metadata.json").chmod(0)
    with pytest.raises(ModelError, match="cannot be read"):
        models.find(folder)


def test_install_refuses_what_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="needs no installing"):
        models.install(make_folder(tmp_path / "mine"))
    for missing in ("gone.argosmodel", "./gone"):
        with pytest.raises(ModelNotFoundError, match="no such file"):
            models.install(missing)


class Index:
    """Stands for argostranslate: an index of one package, whose download is a file made beforehand."""

    def __init__(self, folder: Path, online: bool) -> None:
        self.index = folder / "index.json"
        self.download = make_archive(folder / "translate-id_en.argosmodel")
        self.online = online
        self.settings = types.SimpleNamespace(local_package_index=self.index)
        self.package = types.SimpleNamespace(
            update_package_index=self.update,
            get_available_packages=lambda: [types.SimpleNamespace(type="translate", download=self.fetch)],
            argospm_package_name=lambda package: "translate-id_en",
        )

    def update(self) -> None:
        if self.online:
            self.index.write_text("[]")

    def fetch(self) -> Path:
        return self.download


def test_install_from_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Index(tmp_path, online=True)
    monkeypatch.setitem(sys.modules, "argostranslate", fake)  # type: ignore[arg-type]
    with pytest.raises(ModelNotFoundError, match="no package of that name"):
        models.install("translate-xx_yy")
    assert models.install("id_en", name="dari-indeks").name == "dari-indeks"
    assert not fake.download.exists()


def test_without_a_network_the_index_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Index(tmp_path, online=False)
    fake.index.write_text("[]")
    monkeypatch.setitem(sys.modules, "argostranslate", fake)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="needs the network"):
        models.install("translate-id_en")


def test_argostranslate_has_what_the_index_needs(tmp_path: Path) -> None:
    """In a process of its own, for it makes folders when it is imported; and it cannot reach the network there."""
    code = (
        "import socket\nsocket.socket.connect = None\n"
        "from argostranslate import package\n"
        "assert callable(package.AvailablePackage.download) and callable(package.argospm_package_name)\n"
        "from dwibahasa import errors, models\n"
        "try: models.install('translate-id_en')\n"
        "except errors.ModelError as error: print(error)\n"
    )
    environment = os.environ | {"HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert "needs the network" in run.stdout, run.stderr


def test_the_shipped_package_is_as_recorded() -> None:
    if not (SHIPPED / "model/model.bin").is_file():
        pytest.skip("the weights are not in this checkout")
    package = models.read_package(SHIPPED)
    assert package.kind == "decoder"
    assert {"metadata.json", "model/model.bin", "NOTICE.md", "GEMMA_TERMS.md"} <= set(models.verify(package))
    assert [p.name for p in models.papers(package)] == ["MODEL_CARD.md", "NOTICE.md", "GEMMA_TERMS.md"]
    project = (SHIPPED.parents[1] / "pyproject.toml").read_text()
    assert f'version = "{package.version}.' in project
