//! A way to an honour as a picture: years across, a row for each sort of record, past and planned told apart by form.

use std::collections::BTreeMap;

use rules::facts::Year;

/// What the picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What the picture shows, in one sentence.
    pub saying: String,
    /// The first year that is planned.
    pub planned_from: Year,
    pub rows: Vec<Row>,
}

/// One sort of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    pub marks: Vec<Mark>,
}

/// Something of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub year: Year,
    pub state: State,
    pub saying: String,
}

/// Past, planned and following from one's own work, or planned and for others to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Past,
    Own,
    Council,
}

const LABELS: i32 = 92;
const YEAR: i32 = 40;
const HEAD: i32 = 26;
const LANE: i32 = 20;
const INK: &str = "#21252b";

impl Picture {
    /// The picture as SVG; its letters keep one size, so it is as wide as its years are many.
    pub fn draw(&self) -> String {
        let (first, last) = self.years();
        let width = LABELS + YEAR * (last - first + 1);
        let mut body = String::new();
        let mut y = HEAD;
        for row in &self.rows {
            let mut lanes: BTreeMap<Year, i32> = BTreeMap::new();
            for mark in &row.marks {
                let lane = lanes.entry(mark.year).or_default();
                let x = LABELS + YEAR * (mark.year - first) + YEAR / 2;
                body += &form(mark.state, x, y + LANE * *lane + LANE / 2 + 3, &mark.saying);
                *lane += 1;
            }
            let tall = LANE * lanes.values().copied().max().unwrap_or(0).max(1) + 6;
            body += &format!(
                r##"<text x="2" y="{}">{}</text><path d="M0 {}h{width}" stroke="#d9d3c8"/>"##,
                y + LANE / 2 + 7,
                escaped(&row.label),
                y + tall,
            );
            y += tall;
        }
        let mut head = String::new();
        for year in first..=last {
            let x = LABELS + YEAR * (year - first) + YEAR / 2;
            head += &format!(r##"<text x="{x}" y="17">{year}</text>"##);
        }
        let edge = LABELS + YEAR * (self.planned_from - first);
        let planned = width - edge;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" viewBox="0 0 {width} {y}" role="img" aria-label="{}" font-size="12" fill="{INK}"><rect x="{edge}" width="{planned}" height="{y}" fill="#faf6ec"/><g text-anchor="middle">{head}</g><path d="M0 {HEAD}h{width}" stroke="#d9d3c8"/>{body}</svg>"##,
            escaped(&self.saying),
        )
    }

    fn years(&self) -> (Year, Year) {
        let years = self.rows.iter().flat_map(|row| &row.marks).map(|mark| mark.year);
        let (first, last) = (years.clone().min(), years.max());
        (first.unwrap_or(self.planned_from).min(self.planned_from), last.unwrap_or(self.planned_from))
    }
}

/// The mark of a state alone, for the legend and the steps of a page.
pub fn sample(state: State) -> String {
    let mark = form(state, 10, 10, "");
    format!(r##"<svg width="20" height="20" aria-hidden="true">{mark}</svg>"##)
}

/// Plain forms, so that they differ without colour too: a grey square, a full circle, a hollow diamond.
fn form(state: State, x: i32, y: i32, saying: &str) -> String {
    let form = match state {
        State::Past => format!(r##"<rect x="{}" y="{}" width="12" height="12" fill="#8d9299"/>"##, x - 6, y - 6),
        State::Own => format!(r##"<circle cx="{x}" cy="{y}" r="7" fill="#3d566b"/>"##),
        State::Council => {
            format!(r##"<path d="M{x} {}l7 7l-7 7l-7-7z" fill="#fff" stroke="#8c1a1d" stroke-width="2"/>"##, y - 7)
        }
    };
    if saying.is_empty() { form } else { format!("<g><title>{}</title>{form}</g>", escaped(saying)) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Mark, Picture, Row, State};

    fn mark(year: i32, state: State) -> Mark {
        Mark { year, state, saying: "Hoàn thành \"tốt\" & hơn".to_owned() }
    }

    fn picture(marks: Vec<Mark>) -> Picture {
        Picture {
            saying: "Con đường".to_owned(),
            planned_from: 2026,
            rows: vec![Row { label: "Xếp loại".to_owned(), marks }],
        }
    }

    #[test]
    fn a_way_without_anything_is_one_year_wide() {
        let svg = picture(Vec::new()).draw();
        assert_eq!(svg.matches(r##"width="132" height="52""##).count(), 1);
        assert_eq!(svg.matches("<g>").count(), 0);
    }

    #[test]
    fn every_state_has_a_form_of_its_own() {
        let svg = picture(vec![mark(2025, State::Past), mark(2026, State::Own), mark(2026, State::Council)]).draw();
        let forms = ["<rect x=\"106\"", "<circle cx=\"152\"", "<path d=\"M152 "].map(|form| svg.matches(form).count());
        assert_eq!(forms, [1, 1, 1]);
        // Two of one year stand above each other.
        assert_eq!(svg.matches(r##"width="172" height="72""##).count(), 1);
    }

    #[test]
    fn words_cannot_break_out_of_the_drawing_and_no_style_is_written() {
        let svg = picture(vec![mark(2026, State::Own)]).draw();
        assert_eq!(svg.matches("<title>Hoàn thành &quot;tốt&quot; &amp; hơn</title>").count(), 1);
        assert_eq!(svg.matches("style").count(), 0);
    }
}
