//! The registry of reports.

use askama::Template;
use store::reports::REPORTS;

use crate::frame::Frame;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    frame: Frame,
    reports: Vec<Entry>,
}

/// A report to open.
struct Entry {
    href: String,
    name: String,
    about: String,
}

/// `GET /bao-cao`.
pub async fn show(visit: Visit) -> Answer {
    let frame = visit.frame(visit.t("reports-title"));
    let entry = |id: &str| Entry {
        href: frame.href(&format!("/bao-cao/{id}")),
        name: visit.t(&format!("report-{id}")),
        about: visit.t(&format!("report-about-{id}")),
    };
    let reports = REPORTS.iter().map(|report| entry(report.id)).collect();
    visit.page(&ReportsPage { frame, reports })
}
