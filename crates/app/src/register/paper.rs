//! The paper of a decision as it is typed: its fields, and the records they become.

use chrono::Datelike;
use rules::facts::Day;
use store::numbering;
use store::records::NewDecision;
use store::records::register::NewDecisionPaper;
use store::words::{Body, PaperState};
use uuid::Uuid;

use crate::language::Language;
use crate::register::choices::SECRECY;
use crate::sheet::Sheet;

/// Names of its fields, in the order of the form.
pub const FIELDS: [&str; 18] = [
    "do-mat",
    "loai-co-quan",
    "co-quan",
    "so",
    "ky-hieu",
    "ngay",
    "nam",
    "tham-quyen",
    "nguoi-ky",
    "tu-cach",
    "chuc-vu-ky",
    "trich-yeu",
    "ban-giay",
    "chung-minh",
    "co-truoc",
    "ly-do-trung",
    "tinh",
    "can-cu",
];

/// A blank paper of the office itself.
pub fn blank(office_code: &str) -> Sheet {
    let mut sheet = Sheet::new(&FIELDS);
    sheet.set("do-mat", SECRECY[0]);
    sheet.set("loai-co-quan", store::words::text(Body::CoQuanMinh));
    sheet.set("co-quan", office_code);
    sheet.set("ky-hieu", format!("QĐ-{office_code}"));
    sheet.set("ban-giay", store::words::text(PaperState::BanChinh));
    sheet.set("tinh", "co");
    sheet
}

/// The sheet of a decision that stands in the register.
pub fn of(decision: &NewDecision, paper: Option<&NewDecisionPaper>) -> Sheet {
    let mut sheet = blank("");
    let set = [
        ("co-quan", decision.issuer.clone()),
        ("so", numbering::borne(&decision.number).to_owned()),
        ("ky-hieu", decision.symbol.clone()),
        ("ngay", decision.day.to_string()),
        ("nam", decision.year.to_string()),
        ("tham-quyen", decision.authority.clone()),
        ("nguoi-ky", decision.signer.clone().unwrap_or_default()),
        ("trich-yeu", decision.summary.clone()),
    ];
    for (name, typed) in set {
        sheet.set(name, typed);
    }
    let Some(paper) = paper else {
        return sheet;
    };
    let set = [
        ("loai-co-quan", store::words::text(paper.body)),
        ("tu-cach", paper.capacity.map(store::words::text).unwrap_or_default()),
        ("chuc-vu-ky", paper.signer_post.clone().unwrap_or_default()),
        ("ban-giay", store::words::text(paper.state)),
        ("chung-minh", paper.proof.clone().unwrap_or_default()),
        ("co-truoc", if paper.legacy { "co".to_owned() } else { String::new() }),
        ("ly-do-trung", paper.twin_reason.clone().unwrap_or_default()),
        ("tinh", if paper.counts { "co" } else { "khong" }.to_owned()),
        ("can-cu", paper.ground.clone().unwrap_or_default()),
    ];
    for (name, typed) in set {
        sheet.set(name, typed);
    }
    sheet
}

/// Whether the paper bears a mark of secrecy: nothing of it may be kept.
pub fn is_secret(sheet: &Sheet) -> bool {
    sheet.typed("do-mat") != SECRECY[0]
}

/// Reads the sheet into the two records with these ids; nothing where a field is amiss, which is then said beside it.
pub fn read(
    sheet: &mut Sheet,
    language: Language,
    today: Day,
    ids: (Uuid, Uuid),
) -> Option<(NewDecision, NewDecisionPaper)> {
    sheet.need(language, &["co-quan", "so", "ky-hieu", "ngay", "tham-quyen", "trich-yeu"]);
    if is_secret(sheet) {
        sheet.wrong("do-mat", language.text("register-wrong-secret"));
    }
    if !sheet.typed("so").is_empty() && !numbering::is_number(sheet.typed("so")) {
        sheet.wrong("so", language.text("register-wrong-number"));
    }
    let day = sheet.day(language, "ngay");
    if day.is_some_and(|day| day > today) {
        sheet.wrong("ngay", language.text("register-wrong-future"));
    }
    let year = sheet.year(language, "nam").or(day.map(|day| day.year()));
    let (body, state) = (sheet.word("loai-co-quan"), sheet.word("ban-giay"));
    for (name, lacks) in [("loai-co-quan", body.is_none()), ("ban-giay", state.is_none())] {
        if lacks {
            sheet.wrong(name, language.text("sheet-empty"));
        }
    }
    if state == Some(PaperState::Mat) {
        sheet.need(language, &["chung-minh"]);
    }
    if body.is_some_and(of_another) {
        sheet.need(language, &["can-cu"]);
    }
    let (day, year, body, state) = (day?, year?, body?, state?);
    sheet.holds().then(|| records(sheet, day, year, body, state, ids))
}

/// Whether a decision of such a body must say whether its awards count.
pub fn of_another(body: Body) -> bool {
    !matches!(body, Body::CoQuanMinh | Body::CapTren)
}

fn records(
    sheet: &Sheet,
    day: Day,
    year: i32,
    body: Body,
    state: PaperState,
    ids: (Uuid, Uuid),
) -> (NewDecision, NewDecisionPaper) {
    let text = |name: &str| sheet.typed(name).to_owned();
    let decision = NewDecision {
        id: ids.0,
        issuer: text("co-quan"),
        symbol: text("ky-hieu"),
        number: text("so"),
        year,
        day,
        summary: text("trich-yeu"),
        authority: text("tham-quyen"),
        series: None,
        illustrative: false,
        signer: sheet.filled("nguoi-ky"),
    };
    let legacy = sheet.typed("co-truoc") == "co";
    let paper = NewDecisionPaper {
        id: ids.1,
        decision: ids.0,
        body,
        capacity: sheet.word("tu-cach"),
        signer_post: sheet.filled("chuc-vu-ky"),
        state,
        proof: sheet.filled("chung-minh"),
        legacy,
        twin_reason: sheet.filled("ly-do-trung").filter(|_| legacy),
        counts: !of_another(body) || sheet.typed("tinh") == "co",
        ground: sheet.filled("can-cu").filter(|_| of_another(body)),
    };
    (decision, paper)
}
