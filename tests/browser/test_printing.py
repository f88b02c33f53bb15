"""Stories of papers taken home: each as PDF and DOCX from its page, read back with other programs."""

import re
import shutil
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
ARTICLE = "/bao-cao/giai-doan?tu=2015&den=2020&so-tu=2006&so-den=2010&don-vi=TCCB&ngay=2020-06-16"
NOTICE = "SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def said(*command) -> str:
    """What a tool of poppler prints."""
    return subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True).stdout


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def taken(page, link: str, folder):
    """Downloads the file behind a link of the page."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def read_back(page, folder, ways=("Tải PDF", "Tải DOCX")) -> tuple[str, str]:
    """Takes the paper of a page home twice; its words as PDF and as DOCX, both sound files with their own letters."""
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler-utils is not there")
    pdf, docx = (taken(page, way, folder) for way in ways)
    fonts = [line.split()[0] for line in said("pdffonts", pdf).splitlines()[2:]]
    assert fonts != [] and [font for font in fonts if not re.match(r"[A-Z]{6}\+Tinos", font)] == []
    with zipfile.ZipFile(docx) as packed:
        assert packed.testzip() is None
        document = packed.read("word/document.xml").decode("utf-8")
    assert "<w:t" in document
    plain = re.sub(r"<[^>]+>", " ", document.replace("</w:t></w:r><w:r>", ""))
    return words(said("pdftotext", "-raw", pdf, "-")), words(plain)


def test_a_record_is_taken_home_as_pdf_and_docx(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/ca-nhan?khen-thuong=chien-si-thi-dua-bo")
    page.locator("tbody th a").first.click()
    name = visitor.heading()
    for text in read_back(page, tmp_path):
        held = [part in text for part in (name, NATION, "I. DANH HIỆU VÀ HÌNH THỨC KHEN THƯỞNG")]
        assert held == [True] * 3, text
    visitor.check("ly-lich-tai-ve")


def test_the_answer_why_is_taken_home_with_its_records_and_what_is_missing(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/ca-nhan?khen-thuong=chien-si-thi-dua-bo")
    person = page.locator("tbody th a").first.get_attribute("href")
    page.goto(visitor.base + f"/can-cu{person.split('?')[0]}/chien-si-thi-dua-bo?ngay=2025-12-15")
    sentence = page.locator(".sentence").inner_text()
    record = page.locator(".records li").first.inner_text()
    lack = page.locator(".lack").first.inner_text().split("\n")[0]
    cited = page.locator(".why-tree .cite a").first.inner_text()
    visitor.check("can-cu-tai-ve")
    for text in read_back(page, tmp_path):
        held = [words(part) in text for part in (sentence, record, lack, cited)]
        assert held == [True] * 4, (sentence, record, lack, cited, text)

    page.goto(visitor.base + f"/can-cu{person.split('?')[0]}/bang-khen-thu-tuong")
    mark = page.locator(".why-tree .law-unverified").first.inner_text()
    supplier = page.locator(".lack span").first.inner_text()
    for text in read_back(page, tmp_path):
        assert (f"({mark})" in text, supplier in text) == (True, True), (mark, supplier, text)


def test_the_period_report_is_taken_home_with_the_figures_of_the_page(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + ARTICLE)
    for text in read_back(page, tmp_path):
        assert (NATION in text, "+41,03%" in text, "Vụ Tổ chức cán bộ" in text) == (True, True, True), text
    page.goto(visitor.base + "/bao-cao/giai-doan?tu=2020&den=2015")
    expect(page.get_by_role("link", name="Tải PDF")).to_have_count(0)


def test_a_decision_is_taken_home_with_everyone_on_its_list(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/quyet-dinh?khen-thuong=bang-khen-bo&tu=2010-01-01&den=2020-06-16")
    page.locator("tbody th a").first.click()
    names = page.locator("table").last.locator("tbody th").all_inner_texts()
    assert names != []
    for text in read_back(page, tmp_path):
        assert [name for name in names if words(name) not in text] == []
        assert ("QUYẾT ĐỊNH:" in text, "Điều 1." in text, "Nơi nhận:" in text) == (True, True, True), text


def test_a_telephone_takes_papers_home_in_english(phone, tmp_path):
    page = phone.sign_in(OFFICER)
    page.get_by_role("link", name="English").click()
    page.goto(phone.base + ARTICLE)
    phone.check("period-report-download")
    ways = ("Get the PDF", "Get the DOCX")
    for text in read_back(page, tmp_path, ways):
        assert ("+41.03%" in text, "Individuals" in text) == (True, True), text
    page.goto(phone.base + "/ca-nhan?khen-thuong=chien-si-thi-dua-bo")
    page.locator("tbody th a").first.click()
    phone.check("record-download")
    name = phone.heading()
    for text in read_back(page, tmp_path, ways):
        assert (name in text, NATION in text) == (True, True), text


def test_the_lists_are_taken_home_as_sheets(visitor, tmp_path):
    page = visitor.sign_in(OFFICER)
    for path, counted in [
        ("/ca-nhan?khen-thuong=chien-si-thi-dua-bo", r"trong (\d+) người"),
        ("/tap-the", r"(\d+) đơn vị"),
        ("/quyet-dinh?nam=2019", r"trong (\d+) quyết định"),
    ]:
        page.goto(visitor.base + path)
        rows = int(re.search(counted, page.locator(".pager p").inner_text()).group(1))
        visitor.check("danh-sach-tai-ve")
        with zipfile.ZipFile(taken(page, "Tải XLSX", tmp_path)) as packed:
            assert packed.testzip() is None
            sheet = packed.read("xl/worksheets/sheet1.xml").decode("utf-8")
        # Four lines stand above the rows: the notice, the list, the office, and the head.
        assert (path, len(re.findall(r"<row ", sheet))) == (path, rows + 4)
