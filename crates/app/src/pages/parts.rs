//! The parts that pages call from `parts/macros.html`, shown to be what they promise.

use askama::Template;
use chrono::NaiveDate;

use crate::frame::Frame;
use crate::language::Language;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{%- import "parts/macros.html" as parts -%}
{%- call parts::verdict(frame, verdict) %}{% endcall %}
{% call parts::nothing(frame, "inbox", "Trống", "Chưa có gì <ở đây>.") %}{% endcall %}
{% call parts::pager(frame, "1–50 trong 120", "", "/ca-nhan?sau=1") %}{% endcall %}
{% call parts::figure(frame, "Danh hiệu theo năm", drawing, "Năm 2020 cao nhất.") %}<table></table>{% endcall %}
{% call parts::notice(frame, "good", "check", "Đã ghi.") %}{% endcall %}"#
)]
struct Parts {
    frame: Frame,
    verdict: &'static str,
    drawing: &'static str,
}

fn rendered(verdict: &'static str) -> Vec<String> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let frame = Frame {
        language: Language::Vi,
        title: "Các phần".to_owned(),
        name: "Văn phòng Chính phủ".to_owned(),
        demo: false,
        csrf: String::new(),
        today: day,
        day,
        path: "/".to_owned(),
        viewer: None,
        menu: Vec::new(),
        search: None,
        crumbs: Vec::new(),
        query: Vec::new(),
    };
    let page = Parts { frame, verdict, drawing: "<svg></svg>" }.render().expect("a page");
    let sprite = crate::assets::address("icons.svg");
    let plain =
        page.replace(&format!(r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{sprite}#"##), "[");
    plain.replace(r#""/></svg>"#, "]").lines().map(str::to_owned).collect()
}

#[test]
fn a_verdict_is_an_icon_a_word_and_a_colour() {
    assert_eq!(rendered("met")[0], r#"<span class="verdict verdict-met">[circle-check]Đủ tiêu chuẩn</span>"#);
    assert_eq!(rendered("not-met")[0], r#"<span class="verdict verdict-not-met">[circle-x]Chưa đủ tiêu chuẩn</span>"#);
    assert_eq!(
        rendered("unknown")[0],
        r#"<span class="verdict verdict-unknown">[help-circle]Chưa đủ căn cứ kết luận</span>"#
    );
}

#[test]
fn an_empty_place_a_pager_a_figure_and_a_notice_are_drawn() {
    let lines = rendered("met");
    assert_eq!(lines[1], r#"<div class="nothing">[inbox]<h2>Trống</h2><p>Chưa có gì &#60;ở đây&#62;.</p></div>"#);
    assert_eq!(
        lines[2],
        r#"<nav class="pager" aria-label="Phân trang"><p>1–50 trong 120</p><div class="turns"><a class="btn" rel="next" href="/ca-nhan?sau=1">Trang sau[chevron-right]</a></div></nav>"#
    );
    assert_eq!(
        lines[3..5].concat(),
        r#"<figure class="figure"><figcaption>Danh hiệu theo năm</figcaption><div class="drawing"><svg></svg></div><p class="saying">Năm 2020 cao nhất.</p><details><summary>[table]Xem bảng số liệu</summary><div class="table-responsive"><table></table></div></details></figure>"#
    );
    assert_eq!(lines[5], r#"<div class="notice notice-good">[check]<p>Đã ghi.</p></div>"#);
}
