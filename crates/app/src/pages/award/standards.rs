//! The standards of an honour on a day in words, each value with what it was before and what it will be.

use askama::Template;
use askama::filters::Safe;
use rules::facts::{Day, Group, Subject};
use rules::law::NATION;
use rules::law::{Award, Law, Leaf, Node, Principle, Role, Standard, Value};
use rules::words::{self, Words};

use super::history::{self, Version};
use crate::catalogue::{self, Remark};
use crate::citation::cite;
use crate::error::Error;
use crate::frame::Frame;
use crate::standing;

#[derive(Template)]
#[template(path = "award/standards.html")]
struct Standards<'f> {
    frame: &'f Frame,
    standards: Vec<Shown>,
    principles: Vec<Safe<String>>,
    others: Vec<Other>,
    notes: Vec<Note>,
}

/// A standard in force.
struct Shown {
    name: String,
    about: String,
    join: &'static str,
    tree: Safe<String>,
    gone: Vec<Was>,
    coming: Vec<Was>,
}

/// A standard that has ended or not begun.
struct Other {
    name: String,
    span: String,
    href: String,
}

struct Note {
    words: String,
    cite: String,
    remark: Option<Remark>,
}

/// A wording of another time.
struct Was {
    words: String,
    span: String,
    cite: String,
}

#[derive(Template)]
#[template(path = "award/node.html")]
struct Branch<'f> {
    frame: &'f Frame,
    /// The key of the words that join the children; empty for a leaf.
    join: &'static str,
    leaf: Option<Asks>,
    children: Vec<Branch<'f>>,
}

/// What one leaf asks.
struct Asks {
    words: String,
    cite: String,
    remark: Option<Remark>,
    /// The office whose regulation sets the value, where it is not the nation's.
    layer: Option<String>,
    /// The key of who decides it, where no record does.
    role: &'static str,
    reach: String,
    was: Vec<Was>,
    later: Vec<Was>,
}

/// What every part of the page is drawn from.
struct Draw<'f, 'l> {
    law: &'l Law,
    award: &'l Award,
    subject: Subject,
    day: Day,
    frame: &'f Frame,
}

/// The standards for one kind of subject as a part of the page.
pub fn render(law: &Law, award: &Award, subject: Subject, day: Day, frame: &Frame) -> Result<String, Error> {
    let draw = Draw { law, award, subject, day, frame };
    let standards = award.standards_on(day, subject).map(|standard| draw.standard(standard));
    let principles = standing::principles(law, award, day).filter_map(|principle| draw.principle(principle));
    let part = Standards {
        frame,
        standards: standards.collect::<Result<_, _>>()?,
        principles: principles.collect::<Result<_, _>>()?,
        others: draw.others(),
        notes: draw.notes(),
    };
    Ok(part.render()?)
}

impl<'f, 'l> Draw<'f, 'l> {
    fn standard(&self, standard: &'l Standard) -> Result<Shown, Error> {
        let lineage = history::lineage(self.award, standard);
        let (join, children) = match &standard.tree {
            Node::All(nodes) => ("law-join-all", nodes.as_slice()),
            Node::Any(nodes) => ("law-join-any", nodes.as_slice()),
            other => ("law-join-all", std::slice::from_ref(other)),
        };
        let drawn = children.iter().map(|node| self.branch(node, standard, &lineage).render());
        let (gone, coming) = self.elsewhere(standard, &lineage);
        Ok(Shown {
            name: self.frame.language.pick(&standard.name).to_owned(),
            about: self.about(standard).join(" · "),
            join: if children.len() > 1 { join } else { "" },
            tree: Safe(drawn.collect::<Result<Vec<_>, _>>()?.concat()),
            gone,
            coming,
        })
    }

    fn branch(&self, node: &Node, standard: &'l Standard, lineage: &[&'l Standard]) -> Branch<'f> {
        let branches = |nodes: &[Node]| nodes.iter().map(|node| self.branch(node, standard, lineage)).collect();
        let (join, leaf, children) = match node {
            Node::All(nodes) => ("law-join-all", None, branches(nodes)),
            Node::Any(nodes) => ("law-join-any", None, branches(nodes)),
            Node::Not(node) => ("law-join-not", None, branches(std::slice::from_ref(node))),
            Node::Leaf(id) => {
                let versions = history::versions(self.law, lineage, id);
                let leaf = standard.leaves.get(id);
                ("", leaf.and_then(|leaf| self.leaf(leaf, &versions, String::new())), Vec::new())
            }
        };
        Branch { frame: self.frame, join, leaf, children }
    }

    /// A leaf with its value of the day, and its other wordings.
    fn leaf(&self, leaf: &'l Leaf, versions: &[Version<'l>], reach: String) -> Option<Asks> {
        let (law, language) = (self.law, self.frame.language);
        let value = leaf.on(self.day).or(leaf.values.first())?;
        let now = history::words(law, value, self.day);
        let others = || versions.iter().filter(|version| version.words != now);
        Some(Asks {
            words: language.pick(&now).to_owned(),
            cite: cite(law, &value.source, language),
            remark: catalogue::remark(law, standing::of_value(law, leaf, value, self.day), language),
            layer: self.layer(value),
            role: match leaf.role {
                Role::Record => "",
                Role::Attested => "law-role-attested",
                Role::Judgement => "law-role-judgement",
            },
            reach,
            was: others().filter(|version| version.from <= self.day).map(|version| self.was(version)).collect(),
            later: others().filter(|version| version.from > self.day).map(|version| self.was(version)).collect(),
        })
    }

    fn layer(&self, value: &Value) -> Option<String> {
        let layer = self.law.layers.iter().find(|layer| layer.id == value.layer);
        let name = layer.map_or(value.layer.as_str(), |layer| self.frame.language.pick(&layer.name));
        (value.layer != NATION).then(|| self.frame.t1("law-layer", "name", name))
    }

    fn was(&self, version: &Version<'_>) -> Was {
        let language = self.frame.language;
        Was {
            words: language.pick(&version.words).to_owned(),
            span: catalogue::span(language, version.from, version.until),
            cite: cite(self.law, &version.value.source, language),
        }
    }

    /// The leaves of other versions that the standard of the day lacks: those that ended, and those that begin later.
    fn elsewhere(&self, standard: &Standard, lineage: &[&'l Standard]) -> (Vec<Was>, Vec<Was>) {
        let mut ids: Vec<&str> = Vec::new();
        for leaf in lineage.iter().flat_map(|other| other.in_order()) {
            if !standard.leaves.contains_key(&leaf.id) && !ids.contains(&leaf.id.as_str()) {
                ids.push(&leaf.id);
            }
        }
        let versions = ids.iter().flat_map(|id| history::versions(self.law, lineage, id));
        let (gone, coming): (Vec<_>, Vec<_>) = versions.partition(|version| version.from <= self.day);
        let said = |versions: Vec<Version<'_>>| versions.iter().map(|version| self.was(version)).collect();
        (said(gone), said(coming))
    }

    /// Since when, for which achievements and for whom.
    fn about(&self, standard: &Standard) -> Vec<String> {
        let (frame, language) = (self.frame, self.frame.language);
        let mut about = vec![catalogue::span(language, standard.from, standard.until)];
        about.extend(standard.kind.map(|kind| frame.t1("award-of-kind", "kind", language.pick(&words::kind(kind)))));
        let groups = |groups: &[Group]| {
            let names: Vec<_> = groups.iter().map(|group| frame.t(group_key(*group))).collect();
            names.join(", ")
        };
        if !standard.groups.is_empty() {
            about.push(frame.t1("award-groups", "groups", groups(&standard.groups)));
        }
        if !standard.except_groups.is_empty() {
            about.push(frame.t1("award-except-groups", "groups", groups(&standard.except_groups)));
        }
        if standard.doubtful(self.day) {
            about.push(frame.t("award-doubtful").into_owned());
        }
        about
    }

    /// A principle that binds a standard of the day, with the standards it binds where it does not bind all.
    fn principle(&self, principle: &'l Principle) -> Option<Result<Safe<String>, Error>> {
        let (frame, language) = (self.frame, self.frame.language);
        let all: Vec<&Standard> = self.award.standards_on(self.day, self.subject).collect();
        let bound: Vec<&Standard> =
            all.iter().copied().filter(|standard| principle.binds(self.award, standard, self.day)).collect();
        if bound.is_empty() {
            return None;
        }
        let names: Vec<&str> = bound.iter().map(|standard| language.pick(&standard.name)).collect();
        let reach = match bound.len() < all.len() {
            true => frame.t1("award-reach", "standards", names.join("; ")),
            false => String::new(),
        };
        let mut kin: Vec<&Principle> = self.law.principles.iter().filter(|other| self.kin(principle, other)).collect();
        kin.sort_by_key(|other| other.from);
        let versions =
            kin.iter().flat_map(|other| history::of_leaf(self.law, &other.leaf, other.from, other.until)).collect();
        let leaf = self.leaf(&principle.leaf, &history::joined(versions), reach);
        let branch = Branch { frame, join: "", leaf, children: Vec::new() };
        Some(branch.render().map(Safe).map_err(Error::from))
    }

    /// Whether a principle is another time's version of one: of its id, and bound to this honour then.
    fn kin(&self, one: &Principle, other: &Principle) -> bool {
        let bound = || self.award.standards.iter().filter(|standard| standard.subjects.contains(&self.subject));
        other.leaf.id == one.leaf.id && bound().any(|standard| other.binds(self.award, standard, other.from))
    }

    fn others(&self) -> Vec<Other> {
        let (language, day) = (self.frame.language, self.day);
        let of_subject = |standard: &&Standard| standard.subjects.contains(&self.subject) && !standard.touches(day);
        let current =
            |standard: &Standard| history::lineage(self.award, standard).iter().any(|version| version.touches(day));
        let found = self.award.standards.iter().filter(of_subject).filter(|standard| !current(standard));
        let other = |standard: &Standard| Other {
            name: language.pick(&standard.name).to_owned(),
            span: catalogue::span(language, standard.from, standard.until),
            href: format!("/danh-muc/{}?ngay={}", self.award.id, standard.from),
        };
        found.map(other).collect()
    }

    fn notes(&self) -> Vec<Note> {
        let (law, language) = (self.law, self.frame.language);
        let rows = rules::law::rows_on(&self.award.notes, self.day);
        let note = |row: &'l rules::law::Row<Words>| Note {
            words: language.pick(&row.value).to_owned(),
            cite: cite(law, &row.source, language),
            remark: catalogue::remark(law, standing::of_row(law, row, self.day), language),
        };
        rows.map(note).collect()
    }
}

fn group_key(group: Group) -> &'static str {
    match group {
        Group::CanBo => "law-group-can-bo",
        Group::CongChuc => "law-group-cong-chuc",
        Group::VienChuc => "law-group-vien-chuc",
        Group::HopDong => "law-group-hop-dong",
        Group::TapSu => "law-group-tap-su",
        Group::CongNhan => "law-group-cong-nhan",
        Group::NongDan => "law-group-nong-dan",
        Group::LucLuongVuTrang => "law-group-luc-luong-vu-trang",
        Group::Khac => "law-group-khac",
    }
}
