"""The whole service as processes: WeChat Work, web processes behind a balancer, workers."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import requests
import yaml

from bot.demo.stage import HOST, MARK, free_port, make_access, start_emulator
from bot.district import DistrictPlan

START_SECONDS = 30
TIMEOUT = 4.5
"""Of one call: WeChat Work hangs up after five seconds."""
PROGRAM = str(Path(sys.executable).with_name("jixiao"))


class Process:
    """A program that is started again when it was killed."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.name, self._command, self._env = name, command, env
        self._log = (folder / f"{name}.log").open("ab")
        self.deaths = 0
        self.start()

    def start(self) -> None:
        environment = {**os.environ, **self._env}
        self._process = subprocess.Popen(
            self._command, env=environment, stdout=self._log, stderr=self._log
        )

    def kill(self) -> None:
        """Kills it as a power cut would, and starts it again."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.deaths += 1
        self.start()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


class Balancer(ThreadingHTTPServer):
    """Brings each callback to one of the web processes; to another one where it is dead."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, ports: list[int], random: Random) -> None:
        self.ports, self.random = ports, random
        super().__init__((HOST, 0), _Forward)

    def handle_error(self, *_: Any) -> None:
        """Says nothing: WeChat Work hangs up now and then."""


class _Forward(BaseHTTPRequestHandler):
    server: Balancer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        ports = list(self.server.ports)
        self.server.random.shuffle(ports)
        for port in ports:
            with suppress(OSError, http.client.HTTPException):
                status, answer = self._call(port, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                return
        self.send_error(502)

    def _call(self, port: int, body: bytes) -> tuple[int, bytes]:
        line = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        try:
            line.request("POST", self.path, body, {"Content-Type": "text/xml"})
            response = line.getresponse()
            return response.status, response.read()
        finally:
            line.close()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def access_to(folder: Path, plan: DistrictPlan, callback: str) -> tuple[dict[str, Any], str]:
    """Writes the emulator's settings; gives what callbacks are sealed with, and its address."""
    access, port = make_access(), free_port(0)
    config = {
        **access,
        "agent_name": plan.cycle.name,
        "callback_url": f"{callback}/wecom/callback",
        "port": port,
        "members": [{"userid": userid, "name": name} for userid, name in plan.people.items()],
    }
    (folder / MARK).write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return access, f"http://{HOST}:{port}"


def environment(
    access: dict[str, Any], page: str, database_url: str, folder: Path
) -> dict[str, str]:
    """The settings of the service, as an operator gives them."""
    settings = {
        **access,
        "environment": "development",
        "database_url": database_url,
        "file_store": str(folder / "files"),
        "api_base": f"{page}/cgi-bin/",
        "oauth_base": f"{page}/connect/oauth2/authorize",
        "public_url": "https://jixiao.example.gov.cn",
        "log_level": "warning",
        "pdf": False,
    }
    return {f"JIXIAO_{name.upper()}": str(value) for name, value in settings.items()}


class House:
    """Two web processes, two workers, and what they need, running while it is entered."""

    def __init__(self, folder: Path, url: str, plan: DistrictPlan, random: Random) -> None:
        self._folder, self._url, self._plan, self._random = folder, url, plan, random
        self.processes: list[Process] = []

    def __enter__(self) -> House:
        ports = [free_port(0), free_port(0)]
        self._balancer = Balancer(ports, self._random)
        threading.Thread(target=self._balancer.serve_forever, daemon=True).start()
        callback = f"http://{HOST}:{self._balancer.server_port}"
        access, self.page = access_to(self._folder, self._plan, callback)
        self._emulator = start_emulator(self._folder, f"{self.page}/")
        env = environment(access, self.page, self._url, self._folder)
        for port in ports:
            command = [PROGRAM, "serve", "--no-worker", "--port", str(port)]
            self.processes.append(Process(f"web-{len(self.processes)}", command, env, self._folder))
        for number in range(2):
            command = [PROGRAM, "worker"]
            self.processes.append(Process(f"worker-{number}", command, env, self._folder))
        for port in ports:
            listening(port)
        return self

    def order(self, what: str, wish: dict[str, Any] | None) -> None:
        """Switches something of the emulator; without a wish it is cleared."""
        session = requests.Session()
        session.trust_env = False
        way = "DELETE" if wish is None else "POST"
        answer = session.request(way, f"{self.page}/emulator/{what}", json=wish, timeout=10)
        answer.raise_for_status()

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.stop()
        self._emulator.terminate()
        self._emulator.wait()
        self._balancer.shutdown()
        self._balancer.server_close()


def listening(port: int) -> None:
    """Waits until somebody listens at a port."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens at port {port}")
