//! What stands on a paper: a list of blocks that every printer prints in the same words and the same order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A paper to be printed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// `vi` or `en`.
    pub language: String,
    /// What the paper is called in a reader's list of files.
    pub title: String,
    /// The day of the paper, which its file bears too.
    pub day: NaiveDate,
    /// Stands at the foot of every page: that the data are made up, or that the paper is a draft.
    #[serde(default)]
    pub notice: Option<String>,
    pub blocks: Vec<Block>,
}

/// One part of a paper.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Block {
    /// Issuer, national name and motto, number, place and day: the head of every paper.
    Frame(Frame),
    /// The kind of the paper, and what it is about.
    Kind {
        kind: String,
        about: String,
    },
    /// To whom the paper is addressed.
    Addressees {
        label: String,
        names: Vec<String>,
    },
    /// Who decides, above the bases.
    Authority {
        text: String,
    },
    /// What the paper rests on; marks at the ends of lines are set by the printers.
    Bases {
        texts: Vec<String>,
    },
    /// `QUYẾT ĐỊNH:` before the articles.
    Resolved {
        text: String,
    },
    Article {
        number: String,
        text: String,
    },
    /// Level 1 is `I. …`, level 2 is `1. …`.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        text: String,
    },
    /// A sentence that stands out, such as a verdict.
    Lead {
        text: String,
    },
    List {
        items: Vec<Item>,
    },
    Table(Table),
    Figure {
        svg: String,
        caption: String,
        says: String,
    },
    /// Recipients at the left, who signs at the right.
    Closing(Closing),
    /// A new page with the number and the title of an annex, and what it belongs to.
    Annex {
        label: String,
        title: String,
        guidance: String,
    },
}

/// The head of a paper.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The body above the issuer, if any.
    #[serde(default)]
    pub parent: String,
    pub issuer: String,
    /// `Số: 05/QĐ-VPCP`; empty where the paper has no number.
    #[serde(default)]
    pub number: String,
    /// `Hà Nội, ngày 05 tháng 01 năm 2020`.
    #[serde(default)]
    pub place_and_day: String,
    pub nation: String,
    pub motto: String,
}

/// A line of a list, which may stand further in.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[serde(default)]
    pub depth: u8,
    pub text: String,
}

/// Rows under a head that is repeated on every page.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(default)]
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    /// The part of the table's width, against the other columns.
    pub width: f64,
    #[serde(default)]
    pub align: Align,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    #[serde(default)]
    pub tone: Tone,
    /// One for each column; a heading has a single cell over all of them.
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    #[default]
    Plain,
    /// Over the whole width, above the rows that follow.
    Heading,
    Total,
}

/// The end of a paper.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// `Nơi nhận:`; empty where a paper names no recipients.
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub recipients: Vec<String>,
    /// `KT. BỘ TRƯỞNG`, then `THỨ TRƯỞNG`: the lines above the signature.
    pub capacity: Vec<String>,
    /// The name under the signature; empty until somebody is known to sign.
    #[serde(default)]
    pub signer: String,
}

impl Paper {
    /// Every text that a reader reads on the paper, in the order of reading, without the notice and the figures' letters.
    pub fn texts(&self) -> Vec<String> {
        self.blocks.iter().flat_map(Block::texts).filter(|text| !text.is_empty()).collect()
    }
}

impl Block {
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Frame(frame) => frame.texts(),
            Self::Kind { kind, about } => vec![kind.clone(), about.clone()],
            Self::Addressees { label, names } => std::iter::once(label.clone()).chain(addressed(names)).collect(),
            Self::Authority { text } | Self::Resolved { text } | Self::Heading { text, .. } => vec![text.clone()],
            Self::Paragraph { text } | Self::Lead { text } => vec![text.clone()],
            Self::Bases { texts } => ended(texts),
            Self::Article { number, text } => vec![number.clone(), text.clone()],
            Self::List { items } => items.iter().map(|item| format!("- {}", item.text)).collect(),
            Self::Table(table) => table.texts(),
            Self::Figure { caption, .. } => vec![caption.clone()],
            Self::Closing(closing) => closing.texts(),
            Self::Annex { label, title, guidance } => vec![label.clone(), title.clone(), guidance.clone()],
        }
    }
}

impl Frame {
    fn texts(&self) -> Vec<String> {
        let Self { parent, issuer, number, place_and_day, nation, motto } = self;
        [parent, issuer, nation, motto, number, place_and_day].map(Clone::clone).into()
    }
}

impl Table {
    fn texts(&self) -> Vec<String> {
        let head = self.columns.iter().map(|column| column.name.clone());
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().cloned());
        std::iter::once(self.caption.clone()).chain(head).chain(cells).collect()
    }
}

impl Closing {
    fn texts(&self) -> Vec<String> {
        let mut texts = vec![self.label.clone()];
        texts.extend(received(&self.recipients));
        texts.extend(self.capacity.iter().cloned());
        texts.push(self.signer.clone());
        texts
    }
}

/// Each line ends with a semicolon, the last with a full stop (Decree 30/2020/NĐ-CP, annex I, II.6.a).
pub fn ended(lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let bare = |line: &String| line.trim_end_matches([';', '.', ' ']).to_owned();
    let end = |place: usize, line: &str| match place == last {
        // A line that is still to be filled in ends with its dots.
        true if line.ends_with('…') => "",
        true => ".",
        false => ";",
    };
    let ended = |(place, line): (usize, String)| format!("{line}{}", end(place, &line));
    lines.iter().map(bare).enumerate().map(ended).collect()
}

/// The addressees as lines: a single one as it is, several with dashes (annex I, II.9.a).
pub fn addressed(names: &[String]) -> Vec<String> {
    match names {
        [only] => vec![only.clone()],
        _ => received(names),
    }
}

/// The recipients as lines with dashes (annex I, II.9.b).
pub fn received(names: &[String]) -> Vec<String> {
    ended(names).iter().map(|line| format!("- {line}")).collect()
}
