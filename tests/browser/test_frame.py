"""Stories of the frame: keyboard, telephone, chosen day, paper, and a browser without scripts."""

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
BANNER = "SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"


def test_the_keyboard_reaches_the_content_first(visitor):
    page = visitor.sign_in(OFFICER)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_slash_leads_to_the_search_box_but_can_still_be_typed(visitor):
    page = visitor.sign_in(OFFICER)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")


def test_a_menu_closes_on_escape_and_gives_the_focus_back(visitor):
    page = visitor.sign_in(OFFICER)
    person = page.locator(".tools details").last
    person.locator("summary").click()
    visitor.check("trinh-don-ca-nhan")
    page.keyboard.press("Escape")
    expect(person.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    expect(person.locator("summary")).to_be_focused()


def test_another_day_is_shown_in_the_bar_until_it_is_left(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".tools details").first.locator("summary").click()
    page.get_by_label("Ngày xem dữ liệu").fill("2020-06-16")
    page.get_by_role("button", name="Xem theo ngày này").click()
    expect(page.get_by_text("Thứ Ba, 16/06/2020")).to_be_visible()
    expect(page.locator(".chosen-day summary")).to_have_text("16/06/2020")
    visitor.check("ngay-khac")
    page.locator(".rail a").first.click()
    expect(page.get_by_text("Thứ Ba, 16/06/2020")).to_be_visible()
    page.locator(".chosen-day summary").click()
    page.get_by_role("link", name="Trở về hôm nay (23/11/2026)").click()
    expect(page.get_by_text("Thứ Hai, 23/11/2026")).to_be_visible()


def test_a_telephone_has_the_whole_menu_in_a_drawer(phone):
    page = phone.open("/dang-nhap")
    phone.check("dang-nhap")
    page = phone.sign_in(OFFICER)
    phone.check("trang-chu")
    page.locator(".bottom summary").click()
    expect(page.locator(".drawer a").first).to_be_visible()
    phone.check("trinh-don")


def test_without_scripts_one_signs_in_reaches_the_menu_and_signs_out(without_scripts):
    page = without_scripts.sign_in(OFFICER)
    assert without_scripts.heading().startswith("Xin chào, ")
    page.locator(".bottom summary").click()
    expect(page.locator(".drawer a").first).to_be_visible()
    page.locator(".bottom summary").click()
    page.locator(".tools details").last.locator("summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    assert without_scripts.heading() == "Đăng nhập"


def test_paper_shows_the_warning_and_no_bars(visitor):
    page = visitor.sign_in(OFFICER)
    page.emulate_media(media="print")
    expect(page.get_by_role("note")).to_have_text(BANNER)
    expect(page.get_by_role("note")).to_be_visible()
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".rail")).to_be_hidden()
    visitor.check("trang-chu-in")
