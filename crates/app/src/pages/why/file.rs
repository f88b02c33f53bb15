//! Why a subject can or cannot be given an honour, as a letter that says the same as the page.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use documents::block::{Align, Block, Column, Item, Row, Table, Tone};
use documents::form::as_data;
use rules::answer::{Answer as Found, StandardFinding};
use rules::explain::explain;
use rules::facts::Subject;
use rules::law::{Award, Law};
use serde_json::{Value, json};
use uuid::Uuid;

use super::records::Book;
use super::tree::{Branch, Leaf};
use super::{Form, subject, tree};
use crate::error::Error;
use crate::frame::Frame;
use crate::print::{Format, Letterhead, Printable};
use crate::visit::{Answer, Visit};

/// The form under `forms/`.
const FORM: &str = "thu-tra-loi";

/// `GET /can-cu/ca-nhan/{id}/{award}/tep/{format}`.
pub async fn person(visit: Visit, path: Result<Path<(Uuid, String, String)>, PathRejection>) -> Answer {
    let Path((id, award, format)) = path?;
    show(visit, Subject::CaNhan, id, &award, &format).await
}

/// `GET /can-cu/tap-the/{id}/{award}/tep/{format}`.
pub async fn collective(visit: Visit, path: Result<Path<(Uuid, String, String)>, PathRejection>) -> Answer {
    let Path((id, award, format)) = path?;
    show(visit, Subject::TapThe, id, &award, &format).await
}

async fn show(visit: Visit, kind: Subject, id: Uuid, award: &str, format: &str) -> Answer {
    let asked = subject::find(&visit, kind, id).await?;
    let law = asked.law.clone();
    let award = law.award(award).filter(|award| award.subjects.contains(&asked.kind)).ok_or(Error::NotFound)?;
    let format = Format::of(format).ok_or(Error::NotFound)?;
    let question = Form::asked(&visit).question(&visit).ok_or(Error::Invalid(visit.t("print-wrong-question")))?;
    let found = explain(&law, &award.id, &asked.known.facts, question.on, question.received, question.kind)
        .map_err(|refusal| Error::Invalid(visit.language.pick(&refusal.words()).to_owned()))?;
    let letterhead = Letterhead::of(&visit).await?;
    let frame = visit.frame("");
    let subject = asked.shown(&frame);
    let mut body = vec![paragraph(frame.t1("letter-subject", "who", who(&subject)))];
    body.extend(
        super::facts(&law, question, &frame).into_iter().map(|(name, value)| paragraph(format!("{name}: {value}."))),
    );
    body.extend(super::notes(&law, &found, &frame).into_iter().map(paragraph));
    let teller = Teller { law: &law, frame: &frame, book: &asked.book(&law, &frame) };
    body.extend(in_order(&found).into_iter().flat_map(|standard| teller.standard(standard)));
    body.extend(teller.left(&found));
    body.push(paragraph(frame.t("why-paper-foot").into_owned()));
    body.push(paragraph(frame.t1("print-answer-until", "day", visit.language.day(question.on))));
    let data = data(&visit, &letterhead, award, &subject.name, &found, &body);
    Printable { name: format!("can-cu-{}-{}", award.id, question.on), paper: Some((FORM, data)), sheets: Vec::new() }
        .answer(format)
        .await
}

fn data(visit: &Visit, letterhead: &Letterhead, award: &Award, name: &str, found: &Found, body: &[Block]) -> Value {
    let language = visit.language;
    let mut data = letterhead.data(language, visit.day);
    let award = language.pick(&award.name(visit.day)).to_owned();
    let about = language.text_with("print-answer-about", &[("award", &award), ("name", &name.to_owned())]);
    for (name, value) in [
        ("title", json!(about)),
        ("kind", json!(language.text("print-answer-kind"))),
        ("about", json!(about)),
        ("verdict", json!(language.pick(&found.summary))),
        ("recipients_label", json!(language.text("print-recipients"))),
        ("recipients", json!([name, language.text("print-filed")])),
        ("capacity", json!([language.text("print-signature-head")])),
        ("body", as_data(body)),
    ] {
        data.insert(name.to_owned(), value);
    }
    Value::Object(data)
}

fn paragraph(text: String) -> Block {
    Block::Paragraph { text }
}

/// `Bà Nguyễn Thị Mai – Chuyên viên, Vụ Pháp luật`.
fn who(subject: &subject::Shown) -> String {
    let name = [subject.address.as_str(), subject.name.as_str()];
    let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if subject.about.is_empty() { name } else { format!("{name} – {}", subject.about) }
}

/// A sentence with a capital at its beginning, as the page draws it.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The standards, the nearest first, as the page has them.
fn in_order(found: &Found) -> Vec<&StandardFinding> {
    let nearest = found.nearest();
    let first = |standard: &&StandardFinding| nearest.is_some_and(|nearest| std::ptr::eq(nearest, *standard));
    let (mut order, rest): (Vec<_>, Vec<_>) = found.standards.iter().partition(first);
    order.extend(rest);
    order
}

struct Teller<'a> {
    law: &'a Law,
    frame: &'a Frame,
    book: &'a Book<'a>,
}

impl Teller<'_> {
    /// The standard's name with its verdict, then a table of its conditions: what each asks, found and rests on.
    fn standard(&self, standard: &StandardFinding) -> Vec<Block> {
        let (_, word) = tree::word(standard.verdict, standard.provisional, None, self.frame);
        let name = self.frame.language.pick(&standard.name);
        let heading = Block::Heading { level: 1, text: format!("{name}: {}", word.to_lowercase()) };
        let earliest = standard
            .earliest
            .map(|day| paragraph(format!("{}.", self.frame.t1("why-earliest", "day", self.frame.language.day(day)))));
        let mut rows = Vec::new();
        for (place, branch) in tree::branches(self.law, standard, self.book, self.frame).iter().enumerate() {
            self.branch(branch, &(place + 1).to_string(), &mut rows);
        }
        let column =
            |(key, width, align): (&str, f64, Align)| Column { name: self.frame.t(key).into_owned(), width, align };
        let columns = [
            ("decision-column-place", 1.3, Align::Center),
            ("why-column-condition", 4.4, Align::Left),
            ("why-conclusion", 2.5, Align::Center),
            ("why-column-records", 4.9, Align::Left),
            ("why-column-source", 3.6, Align::Left),
        ];
        let columns = columns.into_iter().map(column).collect();
        let table = Block::Table(Table { caption: String::new(), columns, rows });
        std::iter::once(heading).chain(earliest).chain([table]).collect()
    }

    /// A condition as a row; several joined as a heading with a row for each, numbered under it.
    fn branch(&self, branch: &Branch<'_>, place: &str, rows: &mut Vec<Row>) {
        let Some(leaf) = &branch.leaf else {
            let join = self.frame.t(branch.join);
            let text = format!("{place}. {}: {}", join.trim_end_matches(':'), branch.word.to_lowercase());
            rows.push(Row { tone: Tone::Heading, cells: vec![text] });
            for (below, child) in branch.children.iter().enumerate() {
                self.branch(child, &format!("{place}.{}", below + 1), rows);
            }
            return;
        };
        let basis = std::iter::once(leaf.cite.clone()).chain(leaf.marks.iter().map(|mark| format!("({mark})")));
        rows.push(Row {
            tone: Tone::Plain,
            cells: vec![
                place.to_owned(),
                leaf.words.clone(),
                branch.word.clone(),
                self.rests(leaf),
                basis.collect::<Vec<_>>().join("\n"),
            ],
        });
    }

    /// The records of a condition, what it lacks and from whom, and the earliest day, each on a line.
    fn rests(&self, leaf: &Leaf) -> String {
        let records = leaf.records.iter().map(|line| match line.decision.as_str() {
            "" => line.words.clone(),
            decision => format!("{} – {decision}", line.words),
        });
        let missing = leaf.missing.iter().map(|lack| match &lack.supplier {
            None => capital(&lack.what),
            Some(who) => format!("{} ({})", capital(&lack.what), self.frame.t1("why-supply", "who", who)),
        });
        records.chain(missing).chain(leaf.earliest.clone()).collect::<Vec<_>>().join("\n")
    }

    /// What the council weighs, where anything is left to it.
    fn left(&self, found: &Found) -> Vec<Block> {
        if found.left_to_council.is_empty() {
            return Vec::new();
        }
        let item = |left| {
            let left = super::left_over(self.law, left, self.frame);
            let mark = if left.unverified { format!(" ({})", self.frame.t("law-unverified")) } else { String::new() };
            Item { depth: 0, text: format!("{} ({}){mark}", left.words, left.cite) }
        };
        let items = found.left_to_council.iter().map(item).collect();
        vec![Block::Heading { level: 1, text: self.frame.t("print-answer-left").into_owned() }, Block::List { items }]
    }
}
