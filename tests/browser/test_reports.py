"""Stories of the period report: the article's figures, the lines behind them, refusals, telephone and paper."""

from playwright.sync_api import expect

OFFICER = "Chuyên viên thi đua, khen thưởng"
HEAD = "Thủ trưởng đơn vị"
ARTICLE = "/bao-cao/giai-doan?tu=2015&den=2020&so-tu=2006&so-den=2010&don-vi=TCCB"


def line(page, caption: str, label: str):
    """The line of a table, found as a reader finds it."""
    table = page.get_by_role("table", name=caption, exact=True)
    return table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True))


def test_an_officer_makes_the_five_year_report_and_opens_the_lines_of_a_figure(visitor):
    page = visitor.sign_in(OFFICER)
    page.locator(".rail").get_by_role("link", name="Báo cáo, thống kê").click()
    visitor.check("bao-cao")
    page.locator("main").get_by_role("link", name="Báo cáo giai đoạn").click()
    page.get_by_label("Từ năm hoặc ngày").fill("2015")
    page.get_by_label("Đến năm hoặc ngày").fill("2020")
    page.get_by_label("So với: từ").fill("2006")
    page.get_by_label("So với: đến").fill("2010")
    page.get_by_label("Đơn vị", exact=True).select_option(label="Vụ Tổ chức cán bộ")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", name="Vụ Tổ chức cán bộ, giai đoạn 2015–2020")).to_be_visible()
    commended = line(page, "Cá nhân", "Hình thức khen thưởng").get_by_role("cell")
    expect(commended).to_have_text(["9", "11", "11", "10", "11", "3", "55", "39", "+41,03%"])
    expect(page.get_by_role("img")).to_have_count(4)
    visitor.check("bao-cao-giai-doan")
    commended.get_by_role("link", name="55").click()
    expect(page.get_by_text("50 trong 55 lượt")).to_be_visible()
    visitor.check("bao-cao-giai-doan-dong")
    page.locator(".crumbs").get_by_role("link", name="Báo cáo giai đoạn").click()
    expect(page.get_by_label("Từ năm hoặc ngày")).to_have_value("2015")


def test_a_period_that_runs_backwards_is_told_beside_its_field(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + "/bao-cao/giai-doan?tu=2020&den=2015")
    field = page.get_by_label("Đến năm hoặc ngày")
    expect(field).to_have_value("2015")
    expect(field).to_have_accessible_description("Thời điểm cuối đứng trước thời điểm đầu.")
    expect(page.get_by_role("table")).to_have_count(0)
    visitor.check("bao-cao-giai-doan-sai")


def test_the_switch_counts_flags_by_their_year(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + ARTICLE + "&ngay=2020-06-16")
    expect(line(page, "Tập thể", "Cờ thi đua").get_by_role("cell").nth(6)).to_have_text("6")
    page.get_by_role("combobox", name="Cách tính năm").select_option(label="Theo năm danh hiệu")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(line(page, "Tập thể", "Cờ thi đua").get_by_role("cell").nth(6)).to_have_text("5")
    expect(page.get_by_text("Số liệu tính đến hết ngày 16/06/2020.")).to_be_visible()


def test_a_head_of_unit_reports_on_the_own_unit_only(visitor):
    page = visitor.sign_in(HEAD)
    page.goto(visitor.base + "/bao-cao/giai-doan")
    expect(page.get_by_label("Đơn vị", exact=True).get_by_role("option", name="Toàn cơ quan")).to_have_count(0)
    page.goto(visitor.base + "/bao-cao/giai-doan?tu=2015&den=2020&don-vi=TCCB")
    expect(page.get_by_label("Đơn vị", exact=True)).to_have_count(0)
    assert visitor.heading() == "Ông (Bà) không có quyền thực hiện việc này"


def test_a_telephone_reads_the_report(phone):
    page = phone.sign_in(OFFICER)
    page.goto(phone.base + ARTICLE)
    expect(page.get_by_role("img").first).to_be_visible()
    phone.check("bao-cao-giai-doan")
    page.get_by_role("link", name="55").first.click()
    phone.check("bao-cao-giai-doan-dong")


def test_paper_holds_the_report_without_its_form(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + ARTICLE)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Lập báo cáo")).to_be_hidden()
    expect(page.get_by_role("note")).to_be_visible()
    expect(page.get_by_role("table", name="Cá nhân", exact=True)).to_be_visible()
    visitor.check("bao-cao-giai-doan-in")


def test_the_report_is_read_in_english(visitor):
    page = visitor.sign_in(OFFICER)
    page.goto(visitor.base + ARTICLE)
    page.get_by_role("link", name="English").click()
    assert visitor.heading() == "Period report"
    expect(line(page, "Individuals", "Forms of commendation").get_by_role("cell").last).to_have_text("+41.03%")
    visitor.check("period-report")
