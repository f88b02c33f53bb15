"""Stories at the door: signing in, being refused, changing the language, signing out."""

from playwright.sync_api import expect

BANNER = "SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
ROLES = [
    "Người lập hồ sơ của đơn vị",
    "Thủ trưởng đơn vị",
    "Công chức, viên chức, người lao động",
    "Chuyên viên thi đua, khen thưởng",
    "Thư ký Hội đồng",
    "Thành viên Hội đồng",
    "Người có thẩm quyền quyết định",
    "Thanh tra, kiểm tra",
    "Quản trị hệ thống",
]


def test_the_door_offers_every_role_and_says_that_nothing_is_real(visitor):
    page = visitor.open("/dang-nhap")
    assert visitor.heading() == "Đăng nhập"
    expect(page.get_by_role("note")).to_have_text(BANNER)
    for role in ROLES:
        expect(page.locator(".people button", has_text=role).first).to_be_visible()
    visitor.check("dang-nhap")


def test_a_wrong_password_is_told_and_the_name_stays(visitor):
    page = visitor.open("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill("không phải")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("mai")
    visitor.check("dang-nhap-sai")


def test_an_officer_comes_in_and_goes_out(visitor):
    page = visitor.sign_in("Chuyên viên thi đua, khen thưởng")
    assert visitor.heading().startswith("Xin chào, ")
    expect(page.get_by_text("Thứ Hai, 23/11/2026")).to_be_visible()
    visitor.check("trang-chu")
    page.locator(".tools details").last.locator("summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    assert visitor.heading() == "Đăng nhập"
    visitor.open("/")
    assert visitor.heading() == "Đăng nhập"


def test_every_role_finds_a_home_page(visitor):
    for role in ROLES:
        visitor.page.context.clear_cookies()
        visitor.sign_in(role)
        assert visitor.heading().startswith("Xin chào, "), role
    visitor.check("trang-chu-quan-tri")


def test_the_language_changes_and_the_page_stays(visitor):
    page = visitor.open("/dang-nhap?ve=%2Fvai")
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "Sign in"
    assert page.url.endswith("/dang-nhap?ve=%2Fvai")
    visitor.check("sign-in")
    page.get_by_role("link", name="Tiếng Việt").click()
    assert visitor.heading() == "Đăng nhập"


def test_a_form_from_a_page_of_yesterday_is_refused_with_a_way_out(visitor):
    page = visitor.open("/dang-nhap")
    page.context.clear_cookies()
    page.locator(".people button").first.click()
    assert visitor.heading() == "Biểu mẫu đã hết hiệu lực"
    visitor.check("bieu-mau-het-hieu-luc")
    page.get_by_role("link", name="Đến trang đăng nhập").click()
    assert visitor.heading() == "Đăng nhập"


def test_an_unknown_address_shows_the_way_home(visitor):
    visitor.sign_in("Chuyên viên thi đua, khen thưởng")
    page = visitor.open("/khong-co")
    assert visitor.heading() == "Không tìm thấy trang"
    visitor.check("khong-tim-thay")
    page.get_by_role("link", name="Về trang chủ").click()
    assert visitor.heading().startswith("Xin chào, ")
