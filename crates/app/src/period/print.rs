//! The period report as a paper and as sheets, made of the tables, pictures and sentences that the page shows.

use documents::block::{self, Align, Block, Row, Tone};
use documents::form::as_data;
use documents::layout::{LAYOUT, width_in_table};
use documents::sheet::{self, Cell, Sheet};
use rules::facts::Day;
use serde_json::{Value, json};

use crate::language::Language;
use crate::period::tables::{Line, Table};
use crate::period::{Telling, asked};
use crate::print::{Letterhead, Printable};

/// The form under `forms/`.
const FORM: &str = "bao-cao-giai-doan";
/// The least width of the names of lines, in millimetres.
const NAMES: f64 = 36.0;
/// Room beside a figure within its column, in millimetres.
const BESIDE: f64 = 3.0;
/// The same in a sheet, in letters.
const NAME_LETTERS: f64 = 48.0;
const FIGURE_LETTERS: f64 = 12.0;

impl Telling<'_> {
    /// The report as a file; `day` is the day on the paper.
    pub fn printable(&self, letterhead: &Letterhead, day: Day) -> Printable {
        let tables = self.tables();
        Printable {
            name: format!("bao-cao-{}", asked::written(self.period)),
            paper: Some((FORM, self.data(letterhead, &tables, day))),
            sheets: tables.iter().map(|table| self.sheet(letterhead, table)).collect(),
        }
    }

    fn data(&self, letterhead: &Letterhead, tables: &[Table], day: Day) -> Value {
        let language = self.language;
        let mut data = letterhead.data(language, day);
        let number = documents::wording::number_line("", &format!("BC-{}", letterhead.code));
        for (name, value) in [
            ("title", json!(self.paper_heading())),
            ("number_line", json!(if language == Language::Vi { number } else { String::new() })),
            ("kind", json!(language.text("print-report-kind"))),
            ("about", json!(self.paper_heading())),
            ("recipients_label", json!(language.text("print-recipients"))),
            ("recipients", json!([language.text("print-as-above"), language.text("print-filed")])),
            ("capacity", json!([language.text("print-signature-head")])),
            ("body", as_data(&self.body(tables))),
        ] {
            data.insert(name.to_owned(), value);
        }
        Value::Object(data)
    }

    fn paper_heading(&self) -> String {
        let period = asked::told(self.language, self.period);
        self.language.text_with("period-heading", &[("unit", &self.unit), ("period", &period)])
    }

    fn body(&self, tables: &[Table]) -> Vec<Block> {
        let heading = |key: &str| Block::Heading { level: 1, text: self.language.text(key).into_owned() };
        let paragraph = |text: String| Block::Paragraph { text };
        let mut blocks = vec![heading("print-report-results")];
        blocks.extend(self.paragraphs().into_iter().map(paragraph));
        blocks.extend(self.left_out().into_iter().map(paragraph));
        let pictures = self.pictures();
        if !pictures.is_empty() {
            blocks.push(heading("print-report-pictures"));
        }
        blocks.extend(pictures.into_iter().map(|picture| Block::Figure {
            svg: picture.chart.with_legend(&picture.svg),
            caption: picture.chart.caption.clone(),
            says: picture.chart.saying,
        }));
        if !tables.is_empty() {
            blocks.push(heading("print-report-tables"));
        }
        blocks.extend(tables.iter().map(|table| Block::Table(self.table(table))));
        blocks.push(Block::Paragraph { text: self.language.text("print-report-end").into_owned() });
        blocks
    }

    fn table(&self, table: &Table) -> block::Table {
        let figures: Vec<block::Column> =
            table.columns.iter().enumerate().map(|(n, name)| figures(table, n, name)).collect();
        let room = LAYOUT.text_width() - figures.iter().map(|column| column.width).sum::<f64>();
        let names = block::Column { name: self.line_column(), width: room.max(NAMES), align: Align::Left };
        let row = |line: &Line| Row {
            tone: if line.tone == "total" { Tone::Total } else { Tone::Plain },
            cells: cells(line),
        };
        block::Table {
            caption: table.caption.clone(),
            columns: std::iter::once(names).chain(figures).collect(),
            rows: table.lines.iter().map(row).collect(),
        }
    }

    fn sheet(&self, letterhead: &Letterhead, table: &Table) -> Sheet {
        let names = sheet::Column { name: self.line_column(), width: NAME_LETTERS };
        let figures = table.columns.iter().map(|name| sheet::Column { name: name.clone(), width: FIGURE_LETTERS });
        let row = |line: &Line| {
            let name = Cell::Text(format!("{}{}", " ".repeat(line.indent()), line.label));
            let numbers = line.numbers.iter().map(|number| self.number_cell(&number.text));
            std::iter::once(name).chain(numbers).collect()
        };
        Sheet {
            name: table.caption.clone(),
            above: letterhead
                .notice(self.language)
                .into_iter()
                .chain([self.paper_heading(), table.caption.clone()])
                .collect(),
            columns: std::iter::once(names).chain(figures).collect(),
            rows: table.lines.iter().map(row).collect(),
        }
    }

    fn line_column(&self) -> String {
        self.language.text("period-column-line").into_owned()
    }

    /// A figure as a number where it is one: the language's marks of thousands go, its mark of decimals becomes a point.
    fn number_cell(&self, text: &str) -> Cell {
        let plain = match self.language {
            Language::Vi => text.replace('.', "").replace(',', "."),
            Language::En => text.replace(',', ""),
        };
        match plain.parse::<f64>() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Text(text.to_owned()),
        }
    }
}

/// A column as wide as its longest figure and the longest word of its head, in millimetres.
fn figures(table: &Table, place: usize, name: &str) -> block::Column {
    let words = name.split_inclusive([' ', '–']).map(str::trim);
    let shown = table.lines.iter().filter_map(|line| line.numbers.get(place)).map(|number| number.text.as_str());
    let widest = words.chain(shown).map(width_in_table).fold(0.0, f64::max);
    block::Column { name: name.to_owned(), width: widest + BESIDE, align: Align::Right }
}

fn cells(line: &Line) -> Vec<String> {
    std::iter::once(line.label.clone()).chain(line.numbers.iter().map(|number| number.text.clone())).collect()
}
