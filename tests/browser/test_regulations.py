"""Stories of regulations: an officer raises a threshold, a colleague confirms it on the telephone, and a person's page names it."""

from playwright.sync_api import Page, expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
DECIDER = "Người có thẩm quyền quyết định"
NAME = "Quy chế thi đua, khen thưởng năm 2026"
CONDITION = "lần liên tục đạt Chiến sĩ thi đua cơ sở"
CASES = """award = "chien-si-thi-dua-bo"

[[case]]
name = "Ba lần liên tục chưa đủ"
on = 2026-06-15
expect = "not_met"
[case.facts]
subject = "ca-nhan"
recruited = 2010-03-01
group = "cong-chuc"
complete = { titles = [[2010, 2026]] }
titles = [
  { award = "chien-si-thi-dua-co-so", year = 2023, decided = 2024-01-12 },
  { award = "chien-si-thi-dua-co-so", year = 2024, decided = 2025-01-11 },
  { award = "chien-si-thi-dua-co-so", year = 2025, decided = 2026-01-10 },
]
"""


def why_of_the_first_person(page: Page, base: str) -> str:
    """The address of why the first person of the list can or cannot hold the ministry's title in June 2026."""
    page.goto(base + "/ca-nhan")
    person = page.locator("tbody th a").first.get_attribute("href").split("?")[0]
    return f"{base}/can-cu{person}/chien-si-thi-dua-bo?ngay=2026-06-15"


def begin(page: Page) -> None:
    """The first form: name, code, day and document."""
    page.get_by_label("Tên quy định").fill(NAME)
    page.get_by_label("Mã", exact=True).fill("QC-2026")
    page.get_by_label("Áp dụng cho").select_option("co-quan")
    page.get_by_label("Áp dụng từ ngày").fill("01/06/2026")
    page.get_by_label("Số, ký hiệu văn bản").fill("12/QĐ-VPCP")
    page.get_by_label("Ngày ký").fill("20/05/2026")
    page.get_by_label("Tên văn bản", exact=True).fill("Quyết định số 12/QĐ-VPCP ban hành Quy chế")


def test_a_threshold_is_raised_by_one_confirmed_by_another_and_named_on_a_persons_page(visitor, phone):
    page = visitor.sign_in(OFFICER)
    why = why_of_the_first_person(page, visitor.base)
    page.goto(why)
    expect(page.get_by_text(f"Có 03 {CONDITION}").first).to_be_visible()
    page.goto(visitor.base + "/danh-muc")
    page.get_by_role("link", name="Quy chế, quy định của cơ quan").click()
    visitor.check("quy-che-trong")
    page.get_by_role("link", name="Soạn quy định").click()
    begin(page)
    visitor.check("quy-che-moi")
    page.get_by_role("button", name="Soạn tiếp").click()
    page.get_by_role("link", name="Thêm nội dung").click()
    page.get_by_label("Danh hiệu, hình thức khen thưởng").select_option("chien-si-thi-dua-bo")
    page.get_by_role("button", name="Chọn", exact=True).click()
    page.get_by_label("Điều kiện", exact=True).select_option("chien-si-thi-dua-bo/hang-nam/ba-lan-lien-tuc")
    page.get_by_role("button", name="Chọn", exact=True).click()
    page.get_by_label("Số lần").fill("4")
    page.get_by_label("Điều", exact=True).fill("5")
    visitor.check("quy-che-them")
    page.get_by_role("button", name="Thêm nội dung").click()
    page.get_by_label("Ví dụ", exact=True).fill(CASES)
    page.get_by_role("button", name="Lưu và kiểm tra").click()
    expect(page.locator(".law-loaded", has_text="Đúng")).to_have_count(1)
    visitor.check("quy-che-du-thao")
    page.get_by_role("link", name="Ảnh hưởng của quy định").click()
    page.get_by_role("button", name="Xem ảnh hưởng").click()
    expect(page.get_by_role("heading", name="Kết quả")).to_be_visible(timeout=120_000)
    visitor.check("quy-che-anh-huong")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Trình xác nhận").click()
    expect(page.get_by_role("button", name="Xác nhận")).to_have_count(0)
    other = phone.sign_in(DECIDER)
    other.goto(phone.base + "/quy-che")
    other.get_by_role("link", name=NAME).click()
    phone.check("quy-che-cho-xac-nhan")
    other.get_by_role("button", name="Xác nhận").click()
    expect(other.get_by_role("heading", name="Đang áp dụng")).to_be_visible()
    page.goto(why)
    expect(page.get_by_text(f"Có 04 {CONDITION}").first).to_be_visible()
    expect(page.get_by_role("link", name=f"theo {NAME}").first).to_be_visible()
    visitor.check("quy-che-tren-can-cu")
    other.get_by_label("Không áp dụng từ ngày").fill("01/06/2026")
    other.get_by_label("Lý do").fill("Kết thúc thử nghiệm")
    other.get_by_role("button", name="Rút quy định").click()
    expect(other.get_by_role("heading", name="Đã rút")).to_be_visible()
    page.goto(why)
    expect(page.get_by_text(f"Có 03 {CONDITION}").first).to_be_visible()


def test_what_waits_for_the_law_of_2026_is_listed_by_honour(phone):
    page = phone.sign_in(OFFICER)
    page.goto(phone.base + "/van-ban")
    page.get_by_role("link", name="Chờ văn bản").click()
    assert phone.heading() == "Chờ văn bản"
    expect(page.get_by_role("cell", name="đến 30/09/2026").first).to_be_visible()
    phone.check("cho-van-ban")
