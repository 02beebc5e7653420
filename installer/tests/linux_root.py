"""A bare Debian 12 to install into: made once by debootstrap, then layered, so that each test
starts from the same system and leaves nothing behind."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from installer.common import BUILD, PROGRAM

RELEASE = "bookworm"
CACHE = BUILD / "linux" / "root"
BARE = CACHE / RELEASE
USER = "agent"
HOME = f"/home/{USER}"
SHARED = "/srv/commun"
PROGRAM_FILE = f"/usr/lib/{PROGRAM}/{PROGRAM}"


def why_not() -> str:
    """What is missing on this machine for such a root; '' if nothing is."""
    if os.geteuid() != 0:
        return "not root: no Debian root can be made"
    for tool in ("debootstrap", "apt-get", "chroot", "mount"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    if not _mirror():
        return f"this machine's apt knows no mirror of Debian {RELEASE}"
    return _layers_refused()


def _layers_refused() -> str:
    """Why the kernel does not layer folders here (a container often may not); '' if it does."""
    CACHE.mkdir(parents=True, exist_ok=True)
    sweep()
    try:
        with ExitStack() as stack:
            _layered(stack, CACHE)
    except subprocess.CalledProcessError as error:
        return f"no layered folders here: {error.stderr.decode(errors='replace').strip()}"
    return ""


@dataclass(slots=True)
class Root:
    """``lower``: the folders it is layered over, its own first."""

    path: Path
    lower: tuple[Path, ...]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        user: str = "root",
        environment: Mapping[str, str] | None = None,
        check: bool = True,
        timeout: float = 240,
    ) -> subprocess.CompletedProcess[str]:
        """A command in the root; what it writes on both streams is in ``stdout``."""
        done = subprocess.run(
            self._words(command, user, environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(
                f"{list(map(str, command))} gave {done.returncode}:\n{done.stdout}"
            )
        return done

    def start(
        self,
        command: Sequence[str | Path],
        *,
        user: str = USER,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """A program left running; the root ends it when it is left."""
        process = subprocess.Popen(
            self._words(command, user, environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def file(self, inside: str) -> Path:
        return self.path / inside.lstrip("/")

    def _words(
        self, command: Sequence[str | Path], user: str, environment: Mapping[str, str] | None
    ) -> list[str]:
        home = "/root" if user == "root" else HOME
        variables = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": home,
            "USER": user,
            "DEBIAN_FRONTEND": "noninteractive",
            **(environment or {}),
        }
        pairs = [f"{name}={value}" for name, value in variables.items()]
        who = [] if user == "root" else [f"--userspec={user}:{user}"]
        return ["chroot", *who, str(self.path), "env", "-i", "-C", home, *pairs, *map(str, command)]

    def end(self) -> None:
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=20)


@contextmanager
def layer(*lower: Path) -> Iterator[Root]:
    """A root over others, whose changes are dropped at the end.

    The packages apt downloads are kept from one run to the next.
    """
    with ExitStack() as stack:
        folder = _layered(stack, *lower)
        _mount(stack, folder / "root" / "proc", "-t", "proc", "proc")
        _devices(stack, folder / "root" / "dev")
        archives = CACHE / "archives"
        archives.mkdir(exist_ok=True)
        _mount(stack, folder / "root" / "var/cache/apt/archives", "--bind", str(archives))
        root = Root(folder / "root", (folder / "upper", *lower))
        stack.callback(root.end)
        yield root


def _layered(stack: ExitStack, *lower: Path) -> Path:
    """A folder that holds ``upper`` and, mounted, ``root``."""
    folder = Path(tempfile.mkdtemp(prefix="layer-", dir=CACHE))
    stack.callback(shutil.rmtree, folder)
    for name in ("upper", "work", "root"):
        (folder / name).mkdir()
    (folder / "upper").chmod(0o755)  # the mode of the root, whatever the umask
    below = ":".join(map(str, lower))
    options = f"lowerdir={below},upperdir={folder / 'upper'},workdir={folder / 'work'}"
    _mount(stack, folder / "root", "-t", "overlay", "-o", options, "overlay")
    return folder


def _devices(stack: ExitStack, folder: Path) -> None:
    """The devices any program counts on, made anew: the machine's own are never within reach."""
    _mount(stack, folder, "-t", "tmpfs", "-o", "mode=755", "tmpfs")
    for name, minor in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
        os.mknod(folder / name, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        (folder / name).chmod(0o666)
    (folder / "fd").symlink_to("/proc/self/fd")
    (folder / "shm").mkdir()
    (folder / "shm").chmod(0o1777)


def sweep() -> None:
    """Takes away what a run that was killed has left, from the innermost mount out."""
    left = [*CACHE.glob("layer-*"), *CACHE.glob("disk-*")]
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    for line in reversed(lines):
        place = Path(line.split(" ")[4].replace("\\040", " "))
        if any(place.is_relative_to(folder) for folder in left):
            _unmount(place)
    for folder in left:
        shutil.rmtree(folder)


@contextmanager
def small_disk(root: Root, inside: str, size: str) -> Iterator[Path]:
    """Puts a folder of the root, with what it holds, on a disk of its own of that size."""
    folder = root.file(inside)
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        disk = Path(tempfile.mkdtemp(prefix="disk-", dir=CACHE))
        stack.callback(disk.rmdir)
        _mount(stack, disk, "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs")
        subprocess.run(["cp", "-a", f"{folder}/.", disk], check=True)  # noqa: S607
        _mount(stack, folder, "--bind", str(disk))
        yield disk


def enlarge(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=1g", disk], check=True)  # noqa: S607


@contextmanager
def read_only(root: Root, source: str, inside: str) -> Iterator[None]:
    """Shows a folder of the root at another place, where nothing can be written."""
    with ExitStack() as stack:
        _mount(stack, root.file(inside), "--bind", "-o", "ro", str(root.file(source)))
        yield


def _mount(stack: ExitStack, target: Path, *words: str) -> None:
    subprocess.run(["mount", *words, target], check=True, capture_output=True)  # noqa: S607
    stack.callback(_unmount, target)


def _unmount(target: Path) -> None:
    subprocess.run(["umount", "--lazy", target], check=True)  # noqa: S607


def bare() -> Path:
    """The folder of a minimal Debian 12, made on the first call and kept under build/."""
    if not (BARE / ".ready").exists():
        shutil.rmtree(BARE, ignore_errors=True)
        BARE.mkdir(parents=True)
        mirror = _mirror()
        words = ["--variant=minbase", "--include=ca-certificates", RELEASE, str(BARE), mirror]
        done = subprocess.run(
            ["debootstrap", *words],  # noqa: S607
            env={**os.environ, **_proxies()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"debootstrap failed:\n{done.stdout[-2000:]}")
        _configure(mirror)
        (BARE / ".ready").touch()
    return BARE


def _configure(mirror: str) -> None:
    """The host's ways to the packages, a person's account, and no waiting for the disk."""
    apt = BARE / "etc" / "apt"
    sources = f"deb {mirror} {RELEASE} main\n"
    (apt / "sources.list").write_text(sources, encoding="utf-8")
    acquire = "\n".join(line for line in _apt_settings() if _reaches(line))
    (apt / "apt.conf.d" / "90host").write_text(f"{acquire}\n", encoding="utf-8")
    dpkg = BARE / "etc" / "dpkg" / "dpkg.cfg.d" / "unsafe-io"
    dpkg.write_text("force-unsafe-io\n", encoding="utf-8")
    shared = BARE / SHARED.lstrip("/")
    shared.mkdir()
    shared.chmod(0o1777)
    add = ["useradd", "--create-home", "--shell", "/bin/sh", USER]
    subprocess.run(["chroot", BARE, *add], check=True, capture_output=True)  # noqa: S607


def _apt_settings() -> list[str]:
    told = subprocess.run(
        ["apt-config", "dump"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.splitlines()


def _reaches(line: str) -> bool:
    return line.startswith(("Acquire::http", "Acquire::https", "Acquire::Retries"))


def _proxies() -> dict[str, str]:
    """Apt's own, for debootstrap, which does not read apt's settings."""
    for line in _apt_settings():
        if line.startswith("Acquire::http::Proxy ") and "DIRECT" not in line:
            return {"http_proxy": line.split('"')[1]}
    return {}


def _mirror() -> str:
    """Where this machine takes that release of Debian from; '' if it takes another."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    for line in told.stdout.splitlines():
        release, component, address = line.split(" ", 2)
        if (release, component) == (RELEASE, "main"):
            return address
    return ""
