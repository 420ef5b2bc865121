"""The files of deploy/ hold together: the settings are settings, the unit is one, and the steps name what is there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import redis

from config import ROOT, SETTINGS, Config, ConfigError
from tests.browser.server import free_port
from tests.large import nginx, redis_server

DEPLOY = ROOT / "deploy"
README = (DEPLOY / "README.md").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
UNIT = (DEPLOY / "timely@.service").read_text("utf-8")


def settings() -> dict[str, str]:
    """The settings of timely.env, read as systemd reads them."""
    lines = (DEPLOY / "timely.env").read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    assert all(equals for _, equals, _ in pairs)
    return {name: value for name, _, value in pairs}


EXAMPLES = (
    ("put-the-output-of-openssl-rand-hex-32-here", "TIMELY_SECRET_KEY", "openssl rand -hex 32"),
    ("the-password", "TIMELY_DATABASE_URL", "openssl rand -hex 24"),
    ("the-redis-password", "TIMELY_REDIS_URL", "openssl rand -hex 24"),
)


def own_settings(*kept: str) -> dict[str, str]:
    """The settings with secrets of one's own in place of all but the *kept* examples."""
    found = settings()
    for example, name, _ in EXAMPLES:
        assert example in found[name]
        if example not in kept:
            found[name] = found[name].replace(example, f"own{'0123456789abcdef' * 2}")
    return found


@pytest.mark.parametrize(("example", "name", "remedy"), EXAMPLES)
def test_a_secret_that_everybody_can_read_is_refused(tmp_path: Path, example: str, name: str, remedy: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_environment({**own_settings(example), "TIMELY_DATA_DIR": str(tmp_path)})
    said = str(refused.value)
    assert said.startswith(name)
    assert remedy in said
    assert example not in said


def test_the_other_settings_are_taken_as_they_stand(tmp_path: Path) -> None:
    config = Config.from_environment({**own_settings(), "TIMELY_DATA_DIR": str(tmp_path), "TIMELY_PORT": "8001"})
    assert config.database_url.startswith("postgresql+psycopg2://timely:")
    assert config.redis_url.startswith("redis://")
    assert (config.host, config.proxies) == ("127.0.0.1", 1)
    assert settings().keys() <= {one.name for one in SETTINGS}


def test_a_shell_reads_the_settings_alike() -> None:
    """The steps use them so, to make the first administrator."""
    script = f". {DEPLOY / 'timely.env'}; echo $TIMELY_DATABASE_URL $TIMELY_SECRET_KEY"
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert said == [settings()["TIMELY_DATABASE_URL"], settings()["TIMELY_SECRET_KEY"]]


def test_the_unit_starts_what_is_there() -> None:
    start = re.search(r"^ExecStart=/opt/timely/\.venv/bin/python /opt/timely/(\S+)$", UNIT, re.M)
    assert start
    assert (ROOT / start[1]).is_file()
    named = set(re.findall(r"TIMELY_[A-Z_]+", UNIT))
    assert named == {"TIMELY_PORT", "TIMELY_DATA_DIR"}
    assert not named & settings().keys(), "the unit's own would win, or not, by the order of lines"


def test_the_unit_bounds_memory_above_what_a_full_worker_takes() -> None:
    sizes = {name: int(size) for name, size in re.findall(r"^Memory(High|Max)=(\d+)G$", UNIT, re.M)}
    assert 2 <= sizes["High"] < sizes["Max"] <= 4  # 10,000 screens take 1 GB: docs/scaling.md


def test_redis_lets_nobody_in_without_the_password_of_the_settings(tmp_path: Path) -> None:
    redis_server.require()
    one = redis_server.RedisServer(tmp_path, free_port())
    one.start()
    try:
        with redis.Redis.from_url(one.url) as welcome:
            assert welcome.ping()
            assert welcome.config_get("save") == {"save": ""}
        with (
            redis.Redis.from_url(one.url.replace(f":{redis_server.PASSWORD}@", "")) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
    finally:
        one.stop()
    assert f"redis://:{redis_server.EXAMPLE}@127.0.0.1" in settings()["TIMELY_REDIS_URL"]


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd is not installed")
    unit = tmp_path / "timely@.service"
    # Its program stands where it will be; what is asked is whether every line means something.
    unit.write_text(UNIT.replace("/opt/timely/.venv/bin/python", "/bin/true"))
    done = subprocess.run([verify, "verify", str(unit)], capture_output=True, text=True, timeout=60)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "timely" in line]
    assert not ours
    assert "Failed to" not in done.stderr or done.returncode == 0, done.stderr


def test_nginx_finds_nothing_wrong_with_its_file(tmp_path: Path) -> None:
    nginx.require()
    one = nginx.Nginx(tmp_path, 8080, [8001, 8002])
    done = subprocess.run([*one.words, "-t"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.replace("could not open error log", "")


def test_nginx_sends_to_the_ports_of_the_steps() -> None:
    assert re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX) == ["8001", "8002"]
    assert "systemctl enable --now timely@8001 timely@8002" in README


def test_it_takes_what_timely_takes() -> None:
    assert "client_max_body_size 8m;" in NGINX
    config = Config(data_dir=ROOT, database_url="", secret_key="")
    assert config.flask_settings()["MAX_CONTENT_LENGTH"] == (8 * 1024 * 1024)


def test_every_file_that_the_steps_copy_is_there() -> None:
    for path in re.findall(r"/opt/timely/(deploy/[\w@./-]+)", README):
        assert (ROOT / path).is_file(), path
    for path in re.findall(r"\]\((\.\./[\w/.-]+)\)", README):
        assert os.path.exists(DEPLOY / path), path


def test_a_backup_goes_where_its_user_may_write() -> None:
    folder = re.search(r"^install -d -m 700 -o postgres -g postgres (\S+)", README, re.M)
    written = re.search(r"runuser -u postgres -- pg_dump .*--file=(\S+)/\$", README)
    assert folder
    assert written
    assert folder[1] == written[1]


def test_several_names_are_read_alike_by_systemd_and_the_shell(tmp_path: Path) -> None:
    """As the comment says: in quotes, which both take away."""
    said = re.search(r'^# The names .*: ("[^"]+")\.$', (DEPLOY / "timely.env").read_text("utf-8"), re.M)
    assert said
    (tmp_path / "env").write_text(f"TIMELY_ALLOWED_HOSTS={said[1]}\n", "utf-8")
    script = f". {tmp_path / 'env'}; echo $TIMELY_ALLOWED_HOSTS"
    names = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert len(names) == 2
    given = {"TIMELY_DATA_DIR": str(tmp_path), "TIMELY_ALLOWED_HOSTS": " ".join(names)}
    assert Config.from_environment(given).allowed_hosts == tuple(names)
