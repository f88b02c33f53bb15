//! A decision with its list as a file: printed from the register in the frame of Mẫu 1.2, in Vietnamese only.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use documents::sheet::{Cell, Column, Sheet};
use documents::wording::{day_words, number_line, place_and_day};
use rules::facts::Subject;
use serde_json::{Value, json};
use store::conferrals::Conferral;
use store::decisions::Decision;
use store::decisions::lines;
use store::words::Capacity;
use uuid::Uuid;

use crate::error::Error;
use crate::honours;
use crate::language::Language;
use crate::print::{Format, Letterhead, Printable};
use crate::subject;
use crate::visit::{Answer, Visit};

/// The form under `forms/`.
const FORM: &str = "quyet-dinh-khen-thuong";
/// Statutory papers are in Vietnamese only.
const LANGUAGE: Language = Language::Vi;

/// `GET /quyet-dinh/{id}/tep/{format}`.
pub async fn show(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, format)) = path?;
    let (decision, placed) = super::read(&visit, id).await?;
    let ids: Vec<Uuid> = placed.iter().map(|line| line.id).collect();
    let lines = lines::lines(&visit.app.store, &visit.signed_in()?.viewer, id, &ids, visit.day).await?;
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let letterhead = Letterhead::of(&visit).await?;
    let printable = Printable {
        name: format!("quyet-dinh-{}", decision.row.day),
        paper: Some((FORM, data(&visit, &letterhead, &decision, &lines))),
        sheets: vec![sheet(&visit, &decision, &lines)],
    };
    printable.answer(format).await
}

fn data(visit: &Visit, letterhead: &Letterhead, decision: &Decision, lines: &[Conferral]) -> Value {
    let row = &decision.row;
    let (number, symbol) = row.number.split_once('/').unwrap_or((&row.number, &row.issuer));
    let own = row.issuer == letterhead.code;
    let issuer = if own { letterhead.name.to_uppercase() } else { row.issuer.clone() };
    let authority = row.authority.to_uppercase();
    let day = day_words(row.day);
    let guidance =
        LANGUAGE.text_with("print-guidance", &[("number", &row.number), ("day", &day), ("authority", &row.authority)]);
    let notice = if row.illustrative { "print-illustrative" } else { "print-from-register" };
    let counted = counted(lines);
    json!({
        "day": row.day,
        "notice": LANGUAGE.text(notice),
        "parent": "",
        "issuer": issuer,
        "number_line": number_line(number, symbol),
        "place_and_day": place_and_day(&LANGUAGE.text("print-place-open"), row.day),
        "about": row.summary,
        "authority": authority,
        "bases": [],
        "confers": confers(visit, lines),
        "capacity": capacity(decision, &authority),
        "signer": decision.signer.clone().unwrap_or_default(),
        "list_title": LANGUAGE.text(list_title(lines)),
        "guidance": guidance,
        "rows": rows(visit, lines),
        "counted": counted,
    })
}

/// The lines above the signature: for whom it is signed, then the post of who signs, as the register keeps them.
fn capacity(decision: &Decision, authority: &str) -> Vec<String> {
    let paper = decision.paper.as_ref();
    let letters = paper.and_then(|paper| paper.capacity).map(|capacity| match capacity {
        Capacity::Kt => "KT.",
        Capacity::Tl => "TL.",
        Capacity::Tuq => "TUQ.",
        Capacity::Tm => "TM.",
    });
    let post = paper.and_then(|paper| paper.signer_post.as_ref()).map(|post| post.to_uppercase());
    match letters {
        Some(letters) => std::iter::once(format!("{letters} {authority}")).chain(post).collect(),
        None => vec![authority.to_owned()],
    }
}

/// What is conferred on how many, one award after another.
fn confers(visit: &Visit, lines: &[Conferral]) -> String {
    let runs = lines.chunk_by(|a, b| a.award == b.award);
    let told = runs.map(|run| {
        let award = honours::name(&visit.app.law, &run[0].award, run[0].decided, LANGUAGE);
        LANGUAGE.text_with("print-confers", &[("award", &award), ("whom", &counted(run))])
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The title of the list, which names households where there are any.
fn list_title(lines: &[Conferral]) -> &'static str {
    match lines.iter().any(|line| line.subject == Subject::HoGiaDinh) {
        true => "print-list-title-households",
        false => "print-list-title",
    }
}

/// `01 tập thể, 12 cá nhân, 02 hộ gia đình`.
fn counted(lines: &[Conferral]) -> String {
    let told = |(subject, key): (Subject, &str)| {
        let count = lines.iter().filter(|line| line.subject == subject).count();
        (count > 0).then(|| LANGUAGE.text_with(key, &[("count", &format!("{count:02}"))]))
    };
    let counts = [
        (Subject::TapThe, "print-collectives"),
        (Subject::CaNhan, "print-individuals"),
        (Subject::HoGiaDinh, "print-households"),
    ];
    counts.into_iter().filter_map(told).collect::<Vec<_>>().join(", ")
}

/// The list: a heading for each award and sort of subject, then its lines.
fn rows(visit: &Visit, lines: &[Conferral]) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut place = 0;
    for run in lines.chunk_by(|a, b| (&a.award, a.subject) == (&b.award, b.subject)) {
        let award = honours::name(&visit.app.law, &run[0].award, run[0].decided, LANGUAGE);
        rows.push(json!({ "tone": "heading", "cells": [format!("{award}: {}", counted(run))] }));
        for line in run {
            place += 1;
            // A collective is its own unit.
            let unit = line.unit_name.clone().filter(|_| line.person.is_some());
            let about = [line.post_printed.clone(), unit];
            let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let achievement = subject::achievement(LANGUAGE, line);
            rows.push(json!({ "cells": [place.to_string(), line.subject_name, about, achievement] }));
        }
    }
    rows
}

fn sheet(visit: &Visit, decision: &Decision, lines: &[Conferral]) -> Sheet {
    let language = visit.language;
    let row = &decision.row;
    let title = language.text_with("decision-title", &[("number", &row.number), ("day", &language.day(row.day))]);
    let notice = row.illustrative.then(|| visit.t("print-illustrative"));
    let column = |key: &str, width| Column { name: visit.t(key), width };
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let cells = |(place, line): (usize, &Conferral)| {
        vec![
            Cell::Number((place + 1) as f64),
            Cell::Text(line.subject_name.clone()),
            text(line.post_printed.clone()),
            text(line.unit_name.clone()),
            Cell::Text(honours::name(&visit.app.law, &line.award, line.decided, language)),
            Cell::Text(subject::achievement(language, line)),
            Cell::Day(line.decided),
        ]
    };
    Sheet {
        name: title.clone(),
        above: notice.into_iter().chain([title, row.summary.clone()]).collect(),
        columns: vec![
            column("decision-column-place", 6.0),
            column("print-column-name", 30.0),
            column("print-column-post", 30.0),
            column("print-column-unit", 40.0),
            column("print-column-award", 40.0),
            column("decision-column-achievement", 30.0),
            column("print-column-day", 12.0),
        ],
        rows: lines.iter().enumerate().map(cells).collect(),
    }
}
