//! Why a subject can or cannot be given an honour, as a letter that says the same as the page.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use documents::block::{Block, Item};
use documents::form::as_data;
use rules::answer::{Answer as Found, Finding, StandardFinding};
use rules::explain::explain;
use rules::facts::Subject;
use rules::law::{Award, Law, Node, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Form, subject, tree};
use crate::citation::cite;
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
    let award = law.award(award).filter(|award| award.subjects.contains(&kind)).ok_or(Error::NotFound)?;
    let format = Format::of(format).ok_or(Error::NotFound)?;
    let question = Form::asked(&visit).question(&visit).ok_or(Error::Invalid(visit.t("print-wrong-question")))?;
    let found = explain(&law, &award.id, &asked.known.facts, question.on, question.received, question.kind)
        .map_err(|refusal| Error::Invalid(visit.language.pick(&refusal.words()).to_owned()))?;
    let letterhead = Letterhead::of(&visit).await?;
    let frame = visit.frame("");
    let mut body = Vec::new();
    body.extend(
        super::facts(&law, question, &frame).into_iter().map(|(name, value)| paragraph(format!("{name}: {value}."))),
    );
    body.extend(super::notes(&law, &found, &frame).into_iter().map(paragraph));
    let teller = Teller { law: &law, frame: &frame };
    body.extend(found.standards.iter().flat_map(|standard| teller.standard(standard)));
    body.extend(teller.left(&found));
    body.push(paragraph(frame.t1("print-answer-until", "day", visit.language.day(question.on))));
    let data = data(&visit, &letterhead, award, &asked.shown(&frame).name, &found, &body);
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

struct Teller<'a> {
    law: &'a Law,
    frame: &'a Frame,
}

impl Teller<'_> {
    /// The standard's name with its verdict, then its conditions, each a line with its words and its article.
    fn standard(&self, standard: &StandardFinding) -> [Block; 2] {
        let (_, word) = tree::word(standard.verdict, standard.provisional, None, self.frame);
        let name = self.frame.language.pick(&standard.name);
        let mut items = Vec::new();
        self.node(standard, &standard.tree, 0, &mut items);
        [Block::Heading { level: 1, text: format!("{name}: {}", word.to_lowercase()) }, Block::List { items }]
    }

    fn node(&self, standard: &StandardFinding, node: &Node, depth: u8, items: &mut Vec<Item>) {
        let (join, nodes) = match node {
            Node::All(nodes) => ("law-join-all", nodes.as_slice()),
            Node::Any(nodes) => ("law-join-any", nodes.as_slice()),
            Node::Not(node) => ("law-join-not", std::slice::from_ref(&**node)),
            Node::Leaf(id) => {
                items.extend(standard.condition(id).map(|finding| self.leaf(finding, depth)));
                return;
            }
        };
        // The outermost *all* is the list itself.
        let is_list = depth == 0 && join == "law-join-all";
        if !is_list {
            items.push(Item { depth, text: self.frame.t(join).into_owned() });
        }
        let depth = if is_list { depth } else { depth + 1 };
        nodes.iter().for_each(|node| self.node(standard, node, depth, items));
    }

    fn leaf(&self, finding: &Finding, depth: u8) -> Item {
        let language = self.frame.language;
        let word = match finding.role {
            Role::Judgement => self.frame.t("why-left").into_owned(),
            _ => tree::word(finding.verdict, finding.provisional, None, self.frame).1,
        };
        let (words, cite) = (language.pick(&finding.words), cite(self.law, &finding.source, language));
        Item { depth, text: format!("{word}: {words} ({cite})") }
    }

    /// What the council weighs, where anything is left to it.
    fn left(&self, found: &Found) -> Vec<Block> {
        if found.left_to_council.is_empty() {
            return Vec::new();
        }
        let item = |left| {
            let left = super::left_over(self.law, left, self.frame);
            Item { depth: 0, text: format!("{} ({})", left.words, left.cite) }
        };
        let items = found.left_to_council.iter().map(item).collect();
        vec![Block::Heading { level: 1, text: self.frame.t("print-answer-left").into_owned() }, Block::List { items }]
    }
}
