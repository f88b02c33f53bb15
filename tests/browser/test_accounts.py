"""Stories of an account: invited, first password, second factor, sessions, a role lent for a while, the security log."""

import base64
import hashlib
import hmac
import struct
import time
from urllib.parse import urlsplit

from playwright.sync_api import expect

ADMINISTRATOR = "Quản trị hệ thống"
OFFICER = "Chuyên viên thi đua, khen thưởng"
PASSWORD = "sen nở bên hồ Tây"
STEP = 30


def code(secret: str, steps_ahead: int = 0) -> str:
    """What the telephone shows (RFC 6238), from the secret as the page shows it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    slot = int(time.time()) // STEP + steps_ahead
    digest = hmac.new(key, struct.pack(">Q", slot), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def invited(visitor, login: str, name: str) -> str:
    """Opens an account as the administrator does, and gives the path of its link."""
    page = visitor.sign_in(ADMINISTRATOR)
    page.goto(visitor.base + "/quan-tri/tai-khoan")
    visitor.check("tai-khoan-danh-sach")
    page.get_by_role("link", name="Cấp tài khoản").click()
    visitor.check("tai-khoan-moi")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Vai trò", exact=True).select_option(label=OFFICER)
    page.get_by_label("Lý do, căn cứ").fill("Quyết định phân công số 12/QĐ-VP")
    page.get_by_role("button", name="Cấp và tạo đường dẫn").click()
    assert visitor.heading() == "Đường dẫn dùng một lần"
    visitor.check("tai-khoan-duong-dan")
    return urlsplit(page.get_by_label("Đường dẫn", exact=True).input_value()).path


def enter(visitor, login: str):
    """Types name and password at the door."""
    page = visitor.open("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    return page


def with_password(visitor, path: str):
    """Sets the first password behind a link; a weak one is told first."""
    page = visitor.open(path)
    assert visitor.heading() == "Đặt mật khẩu"
    page.get_by_label("Mật khẩu mới").fill("123")
    page.get_by_role("button", name="Đặt mật khẩu").click()
    expect(page.get_by_label("Mật khẩu mới")).to_have_attribute("aria-invalid", "true")
    visitor.check("duong-dan-mat-khau")
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    assert visitor.heading() == "Đăng nhập"


def test_an_invited_officer_sets_a_password_takes_a_factor_and_ends_a_session_elsewhere(visitor, other):
    login = "hoang.thu"
    path = invited(visitor, login, "Hoàng Thị Thu")
    visitor.page.context.clear_cookies()
    with_password(visitor, path)
    used = visitor.open(path)
    expect(used.get_by_text("Đường dẫn này đã được dùng.")).to_be_visible()
    page = enter(visitor, login)
    assert visitor.heading() == "Xin chào, Hoàng Thị Thu"
    page.goto(visitor.base + "/tai-khoan")
    visitor.check("tai-khoan-cua-toi")
    page.get_by_role("link", name="Đăng ký xác thực hai lớp").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Mã xác thực").fill("000000")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Mã không đúng, đã dùng hoặc đã quá giờ.")).to_be_visible()
    assert page.locator("#secret").inner_text() == secret
    visitor.check("tai-khoan-hai-lop")
    page.get_by_label("Mã xác thực").fill(code(secret))
    page.get_by_role("button", name="Xác nhận").click()
    assert visitor.heading() == "Mã dự phòng"
    expect(page.locator(".codes li")).to_have_count(8)
    recovery = page.locator(".codes li").first.inner_text()
    visitor.check("tai-khoan-ma-du-phong")
    page.get_by_role("link", name="Tôi đã cất giữ").click()
    expect(page.get_by_text("Đang bật. Còn 8 mã dự phòng.")).to_be_visible()

    elsewhere = enter(other, login)
    assert other.heading() == "Nhập mã xác thực"
    other.check("dang-nhap-ma")
    elsewhere.get_by_role("textbox", name="Mã xác thực").fill(recovery)
    elsewhere.get_by_role("button", name="Đăng nhập").click()
    assert other.heading() == "Xin chào, Hoàng Thị Thu"

    page.reload()
    expect(page.get_by_text("Đang bật. Còn 7 mã dự phòng.")).to_be_visible()
    sessions = page.get_by_role("region", name="Phiên đăng nhập").locator("tbody tr")
    expect(sessions).to_have_count(2)
    expect(sessions.filter(has_text="Phiên này")).to_have_count(1)
    visitor.check("tai-khoan-phien")
    sessions.get_by_role("button", name="Kết thúc", exact=True).click()
    expect(sessions).to_have_count(1)
    other.open("/")
    assert other.heading() == "Đăng nhập"


def test_a_role_is_lent_for_a_while_and_taken_back(visitor, other):
    path = invited(visitor, "le.binh", "Lê Văn Bình")
    visitor.page.context.clear_cookies()
    with_password(visitor, path)
    page = enter(visitor, "le.binh")
    page.goto(visitor.base + "/tai-khoan")
    lent = page.get_by_role("region", name="Ủy quyền khi vắng mặt")
    lent.get_by_label("Người được ủy quyền").select_option(label="Ngô Tiến Đạt (dat)")
    lent.get_by_label("Từ ngày").fill("2026-11-23")
    lent.get_by_label("Đến hết ngày").fill("2026-11-01")
    lent.get_by_label("Văn bản hoặc lý do").fill("Giấy ủy quyền số 03/UQ-VP")
    lent.get_by_role("button", name="Ủy quyền", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Thời gian phải từ hôm nay trở đi và trong thời hạn của vai trò.")
    visitor.check("uy-quyen-sai")
    lent.get_by_label("Đến hết ngày").fill("2026-12-31")
    lent.get_by_label("Từ ngày").fill("2026-11-23")
    lent.get_by_label("Người được ủy quyền").select_option(label="Ngô Tiến Đạt (dat)")
    lent.get_by_label("Văn bản hoặc lý do").fill("Giấy ủy quyền số 03/UQ-VP")
    lent.get_by_role("button", name="Ủy quyền", exact=True).click()
    row = lent.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("23/11/2026 – 31/12/2026")
    expect(row).to_contain_text("Đang có hiệu lực")
    visitor.check("uy-quyen")

    door = other.open("/dang-nhap")
    door.locator(".people button", has_text="Ngô Tiến Đạt").click()
    assert other.heading() == "Chọn vai trò"
    other.check("chon-vai-tro-duoc-uy-quyen")
    door.get_by_role("button", name="Thay mặt Lê Văn Bình").click()
    door.goto(other.base + "/nhap-du-lieu")
    expect(door.get_by_label("Nội dung các dòng").locator("option")).to_have_count(8)

    row.get_by_role("button", name="Thôi ủy quyền").click()
    expect(row).to_contain_text("Đã thôi")
    door.goto(other.base + "/")
    assert other.heading() == "Xin chào, Ngô Tiến Đạt"
    expect(door.get_by_text("Thay mặt Lê Văn Bình")).to_have_count(0)


def test_the_administrator_reads_who_was_refused_at_which_door(visitor, other):
    stranger = other.open("/dang-nhap")
    stranger.get_by_label("Tên đăng nhập").fill("ke.la")
    stranger.get_by_label("Mật khẩu").fill("thử xem sao")
    stranger.get_by_role("button", name="Đăng nhập", exact=True).click()
    page = visitor.sign_in(ADMINISTRATOR)
    page.locator(".rail").get_by_role("link", name="Nhật ký an ninh").click()
    visitor.check("nhat-ky-an-ninh")
    page.get_by_label("Sự kiện").select_option(label="Sai tên đăng nhập hoặc mật khẩu")
    page.get_by_role("button", name="Lọc").click()
    row = page.locator("tbody tr", has_text="ke.la")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("127.0.0.1")


def test_a_telephone_and_another_language_hold_the_pages_of_accounts(phone):
    page = phone.sign_in(ADMINISTRATOR)
    pages = [("/tai-khoan", "my-account"), ("/quan-tri/tai-khoan", "accounts"), ("/quan-tri/nhat-ky", "security-log")]
    for path, name in pages:
        page.goto(phone.base + path)
        phone.check(name + "-vi")
    page.get_by_role("link", name="English").click()
    for path, name in pages:
        page.goto(phone.base + path)
        phone.check(name)
    page.goto(phone.base + "/quan-tri/tai-khoan")
    assert phone.heading() == "Accounts"
    page.locator("tbody th a").first.click()
    phone.check("account")
