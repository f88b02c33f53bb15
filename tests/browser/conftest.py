"""The program as a person meets it: started afresh with the demonstration data, opened in Debian's Chromium."""

import json
import os
import pathlib
import subprocess
import tempfile

import pytest
from playwright.sync_api import Page, Request, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / os.environ.get("VINHDANH_PROGRAM", "target/debug/vinhdanh")
CHROMIUM = "/usr/bin/chromium"
TODAY = "2026-11-23"
AXE = (ROOT / "tests/browser/axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Visitor:
    """One person at the program: opens pages, and notes what a browser complains of."""

    def __init__(self, page: Page, base: str):
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("console", lambda message: message.type in ("error", "warning") and self.note(message.text))
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("requestfailed", self.note_failure)

    def note(self, complaint: str) -> None:
        # Chromium reports every 4xx of the page itself as an error of the console; the stories look at the page.
        if "Failed to load resource: the server responded with a status of 4" not in complaint:
            self.complaints.append(complaint)

    def note_failure(self, request: Request) -> None:
        # A file still on its way when the person goes on to another page is broken off, which is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.note(f"not loaded: {request.url}: {request.failure}")

    def open(self, path: str) -> Page:
        """Opens a page of the program."""
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, role: str) -> Page:
        """Signs in with the button of the first demonstration person in a role, named as the door names it."""
        self.open("/dang-nhap")
        self.page.locator(".people button", has_text=role).first.click()
        self.page.wait_for_url(lambda url: "/dang-nhap" not in url)
        return self.page

    def heading(self) -> str:
        """The one h1 of the page."""
        headings = self.page.locator("h1")
        assert headings.count() == 1, headings.all_inner_texts()
        return headings.inner_text()

    def check(self, name: str) -> None:
        """Fails on a serious accessibility fault, on a sideways scroll, and on anything the browser complains of."""
        if SCREENSHOTS:
            folder = pathlib.Path(SCREENSHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}-{self.page.viewport_size['width']}.png", full_page=True)
        # The page's own policy forbids script elements; evaluating goes past them as a person's tools do.
        self.page.evaluate(AXE)
        found = self.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
        faults = [f"{fault['id']}: {[node['html'][:160] for node in fault['nodes'][:3]]}" for fault in grave]
        assert faults == [], f"{name}: accessibility"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{name}: {wide} pixels wider than the screen"
        assert self.complaints == [], f"{name}: the browser complains"


def started(process: subprocess.Popen) -> dict:
    """What the program says of itself once it listens, however many lines of JSON that takes."""
    said = ""
    for line in process.stdout:
        said += line
        try:
            return json.loads(said)
        except json.JSONDecodeError:
            continue
    pytest.exit(f"the program did not start: exit code {process.wait()}, said {said[:300]!r}", returncode=1)


class Running:
    """The demonstration as it runs, and the program beside it on the same machine."""

    def __init__(self, url: str, folder: str):
        self.url = url
        self.folder = pathlib.Path(folder)

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Runs a command of the program to its end, as an administrator does beside the server."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("VINHDANH_")}
        command = [str(PROGRAM), *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, env=ours, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="session")
def running():
    """A running demonstration on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="vinhdanh-") as folder:
        command = [
            str(PROGRAM), "demo", "--fresh", "--format", "json", "--today", TODAY,
            "--listen", "127.0.0.1:0", "--database", f"sqlite:{folder}/demo.db",
            "--files", f"{folder}/files", "--keys", f"{folder}/keys", "--backups", f"{folder}/backups",
        ]  # fmt: skip
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
            yield Running(started(process)["url"].replace("localhost", "127.0.0.1"), folder)
            process.terminate()
            assert process.wait(timeout=30) == 0, "the program did not stop cleanly"


@pytest.fixture(scope="session")
def program(running):
    """The address of the running demonstration."""
    return running.url


@pytest.fixture(scope="session")
def chromium():
    """One browser for all stories."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def visitors(chromium, program, **options):
    """Visitors with a context of their own each, and one page open."""
    context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
    context.set_default_timeout(10_000)
    return context, Visitor(context.new_page(), program)


@pytest.fixture
def visitor(chromium, program):
    """Someone at a desk."""
    context, visitor = visitors(chromium, program, viewport=DESKTOP)
    yield visitor
    context.close()


@pytest.fixture
def other(chromium, program):
    """Someone at another desk."""
    context, visitor = visitors(chromium, program, viewport=DESKTOP)
    yield visitor
    context.close()


@pytest.fixture
def phone(chromium, program):
    """Someone with a telephone."""
    context, visitor = visitors(chromium, program, viewport=PHONE, has_touch=True, is_mobile=True)
    yield visitor
    context.close()


@pytest.fixture
def without_scripts(chromium, program):
    """Someone whose browser runs no JavaScript; axe cannot run there either."""
    context, visitor = visitors(chromium, program, viewport=PHONE, java_script_enabled=False)
    yield visitor
    context.close()
