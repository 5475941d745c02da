"""Ledgers as files and in databases; what is not on the machine skips with its reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

for package in ("ibis", "duckdb", "rapidfuzz"):
    pytest.importorskip(package, reason='ledgers need the extra: pip install "kam_xl[ledger]"')


@pytest.fixture
def write(tmp_path):
    """Write a text file; gives its path."""

    def write(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def _as_nobody(command, **options):
    """Run a program that refuses to be root as the user that Debian made for it."""
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    return subprocess.run(command, check=True, capture_output=True, timeout=60, **user, **options)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A PostgreSQL of our own in a temporary folder, reached by its socket; gives the connection string."""
    pytest.importorskip("psycopg", reason='PostgreSQL needs the extra: pip install "kam_xl[postgres]"')
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    tool = found[-1] if found else shutil.which("pg_ctl")
    if tool is None:
        pytest.skip("PostgreSQL is not installed")
    tools = Path(tool).parent
    # The path of a socket must be short, and the database's user must be able to get there.
    folder = Path("/tmp") / f"kam-pg-{os.getpid()}"  # noqa: S108
    folder.mkdir(mode=0o700)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    data, log = str(folder / "data"), str(folder / "log")
    try:
        _as_nobody([tools / "initdb", "-D", data, "-A", "trust", "-U", "kam", "-E", "UTF8", "--no-locale"], cwd=folder)
        _as_nobody([tools / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start"], cwd=folder)
        yield f"postgresql://kam@/postgres?host={folder}"
        _as_nobody([tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def spark():
    """Spark on this machine; gives the connection string."""
    pytest.importorskip("pyspark", reason='Spark needs the extra: pip install "kam_xl[spark]"')
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return "spark://local[2]"


@pytest.fixture(scope="session")
def mariadb():
    """A MariaDB of our own in a temporary folder; gives the connection string and the path of its socket."""
    pytest.importorskip("pymysql", reason='MySQL and MariaDB need the extra: pip install "kam_xl[mysql]"')
    import pymysql

    server, install = shutil.which("mariadbd"), shutil.which("mariadb-install-db")
    if server is None or install is None:
        pytest.skip("MariaDB is not installed")
    folder = Path("/tmp") / f"kam-my-{os.getpid()}"  # noqa: S108 (the path of a socket must be short)
    folder.mkdir(mode=0o700)
    user = ["--user=root"] if os.getuid() == 0 else []
    socket, data = str(folder / "socket"), f"--datadir={folder / 'data'}"
    options = ["--no-defaults", *user, data]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = None
    try:
        subprocess.run(
            [install, *options, "--auth-root-authentication-method=normal"], check=True, timeout=120, **quiet
        )
        running = subprocess.Popen([server, *options, f"--socket={socket}", "--skip-networking"], **quiet)
        for _ in range(200):
            if Path(socket).exists():
                break
            time.sleep(0.1)
        with pymysql.connect(unix_socket=socket, user="root") as connection, connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE sales CHARACTER SET utf8mb4")
            cursor.execute("CREATE USER 'kam'@'localhost' IDENTIFIED BY 'S3cret/@'")
            cursor.execute("GRANT ALL ON sales.* TO 'kam'@'localhost'")
        yield f"mariadb://kam:S3cret%2F%40@localhost/sales?unix_socket={socket}", socket
    finally:
        if running:
            running.terminate()
            running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
