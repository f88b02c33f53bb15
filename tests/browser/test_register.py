"""Stories of the register: a decision goes in with three lines and a scan, is found, loses a line and gets it back."""

from playwright.sync_api import Page, expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
SCAN = {"name": "ban-ky.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nmot trang\n%%EOF\n"}


def three_names(page: Page, base: str) -> list[str]:
    """Three people of the office."""
    page.goto(base + "/ca-nhan")
    return page.locator("tbody th a").all_inner_texts()[5:8]


def fill_paper(page: Page, number: str) -> None:
    """The paper of a decision of the office itself."""
    page.get_by_label("Số", exact=True).fill(number)
    page.get_by_label("Ngày ký").fill("16/06/2026")
    page.get_by_label("Người có thẩm quyền").fill("Bộ trưởng, Chủ nhiệm")
    page.get_by_label("Trích yếu").fill("Về việc tặng Giấy khen đợt thử")
    page.get_by_label("Người ký", exact=True).fill("Đỗ Quang Khải")
    page.get_by_label("Tư cách ký").select_option("kt")


def fill_act(page: Page, document: str, day: str, reason: str) -> None:
    """A later document."""
    page.get_by_label("Loại, số, ký hiệu").fill(document)
    page.get_by_label("Ngày văn bản").fill(day)
    page.get_by_label("Lý do").fill(reason)


def test_a_decision_is_entered_found_by_a_name_and_a_line_is_revoked_and_restored(visitor):
    page = visitor.sign_in(OFFICER)
    names = three_names(page, visitor.base)
    page.goto(visitor.base + "/quyet-dinh")
    page.get_by_role("link", name="Vào sổ quyết định").click()
    page.get_by_role("button", name="Bắt đầu dự thảo").click()
    assert visitor.heading() == "Dự thảo quyết định"
    fill_paper(page, "512")
    page.get_by_label("Danh hiệu, hình thức khen thưởng").select_option("giay-khen")
    page.get_by_label("Danh sách họ tên").fill("\n".join(names))
    visitor.check("du-thao-quyet-dinh")
    page.get_by_role("button", name="Thêm cả danh sách").click()
    for choice in page.locator("select[name^=ai-]").all():
        choice.select_option(index=1)
    if page.locator("select[name^=ai-]").count():
        visitor.check("du-thao-chon-nguoi")
        page.get_by_role("button", name="Ghi nhận").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    assert visitor.heading() == "Quyết định số 512/QĐ-VPCP ngày 16/06/2026"
    page.get_by_label("Tên tệp").fill("Bản ký")
    page.get_by_label("Tệp PDF").set_input_files(SCAN)
    page.get_by_role("button", name="Đính kèm").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bản ký").click()
    assert download.value.suggested_filename == "ban-ky.pdf"
    visitor.check("quyet-dinh-vao-so")
    page.goto(visitor.base + "/quyet-dinh?nam=2026")
    page.get_by_label("Nội dung").fill(names[1])
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="512/QĐ-VPCP").click()
    page.get_by_role("row", name=names[1]).get_by_role("link").first.click()
    visitor.check("dong-quyet-dinh")
    page.get_by_role("link", name="Thu hồi, hủy bỏ").click()
    fill_act(page, "Quyết định số 530/QĐ-VPCP", "01/09/2026", "Kê khai sai thành tích")
    visitor.check("thu-hoi-dong")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.locator("tr.gone")).to_have_count(1)
    visitor.check("quyet-dinh-thu-hoi-dong")
    page.locator("tr.gone").get_by_role("link").first.click()
    page.get_by_role("link", name="Khôi phục").click()
    fill_act(page, "Quyết định số 541/QĐ-VPCP", "01/10/2026", "Kết luận giải quyết khiếu nại")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.locator("tr.gone")).to_have_count(0)
    expect(page.get_by_text("Khôi phục từ ngày 01/10/2026")).to_have_count(1)
    page.goto(page.url + "?ngay=2026-09-15")
    expect(page.locator("tr.gone")).to_have_count(1)


def test_someone_is_found_by_typing_and_added_with_one_press(visitor):
    page = visitor.sign_in(OFFICER)
    name = three_names(page, visitor.base)[0]
    page.goto(visitor.base + "/quyet-dinh/du-thao")
    page.get_by_role("button", name="Bắt đầu dự thảo").click()
    page.get_by_label("Danh hiệu, hình thức khen thưởng").select_option("giay-khen")
    page.get_by_label("Tìm một người").press_sequentially(name)
    page.locator("#tim-thay button").first.click()
    expect(page.locator("tbody tr th a")).to_have_text([name])
    visitor.check("du-thao-mot-dong")


def test_without_javascript_a_wrong_draft_comes_back_with_what_was_typed(without_scripts):
    page = without_scripts.sign_in(OFFICER)
    page.goto(without_scripts.base + "/quyet-dinh/du-thao")
    page.get_by_role("button", name="Bắt đầu dự thảo").click()
    page.get_by_label("Trích yếu").fill("Về việc tặng Bằng khen")
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    expect(page.get_by_label("Trích yếu")).to_have_value("Về việc tặng Bằng khen")
    expect(page.get_by_label("Số", exact=True)).to_have_accessible_description("Không được để trống.")


def test_a_telephone_shows_the_draft_and_the_filters_without_scrolling_sideways(phone):
    page = phone.sign_in(OFFICER)
    page.goto(phone.base + "/quyet-dinh?tinh-trang=con-hieu-luc&nam=2019")
    phone.check("quyet-dinh-loc-them")
    page.goto(phone.base + "/quyet-dinh/du-thao")
    page.get_by_role("button", name="Bắt đầu dự thảo").click()
    phone.check("du-thao-quyet-dinh")


def test_the_register_is_read_in_english(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/quyet-dinh/du-thao")
    page.get_by_role("button", name="Bắt đầu dự thảo").click()
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "Draft of a decision"
    visitor.check("draft-of-a-decision")
