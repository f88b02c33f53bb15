//! Bars drawn on the server as SVG that keeps its letters at one size on every screen: columns by year, rows by name.

/// One picture: what is counted for each group, in one or more series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub caption: String,
    /// What the picture shows, in one sentence.
    pub saying: String,
    pub series: Vec<String>,
    pub groups: Vec<Group>,
}

/// A column or a set of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub label: String,
    /// One value for each series.
    pub values: Vec<u32>,
}

/// A fill, and the ink that can be read on it.
struct Tone {
    fill: &'static str,
    ink: &'static str,
}

/// Dark and light by turns, so that neighbours differ without colour too.
const TONES: [Tone; 6] = [
    Tone { fill: "#8c1a1d", ink: "#fff" },
    Tone { fill: "#e0c47c", ink: "#21252b" },
    Tone { fill: "#3d566b", ink: "#fff" },
    Tone { fill: "#c3ced6", ink: "#21252b" },
    Tone { fill: "#5c6b45", ink: "#fff" },
    Tone { fill: "#ddd3c2", ink: "#21252b" },
];
/// How many series a picture can tell apart.
pub const MOST_SERIES: usize = TONES.len();

/// The part of the width, in percent, kept for the numbers of the axis.
const LEFT: f64 = 8.0;
const TOP: f64 = 22.0;
const BASE: f64 = 212.0;
const HEIGHT: f64 = 250.0;
/// The least height, in pixels, in which a number can stand.
const ROOM: f64 = 13.0;
/// The longest row, in percent of the width; the rest is for its number.
const LONGEST: f64 = 86.0;
const BAR: f64 = 17.0;
const LABEL: f64 = 20.0;
const GAP: f64 = 12.0;

impl Chart {
    /// Columns whose parts are the series, one on another, with the sum above.
    pub fn columns(&self) -> String {
        let most = self.groups.iter().map(Group::sum).max().unwrap_or(0);
        let step = step(most);
        let top = most.div_ceil(step).max(1) * step;
        let mut svg = self.opened(HEIGHT);
        axis(&mut svg, step, top);
        for series in 0..self.series.len() {
            self.parts(&mut svg, series, top);
        }
        svg.push_str(r##"<g text-anchor="middle" font-weight="600">"##);
        for (place, group) in self.groups.iter().enumerate() {
            let y = level(group.sum(), top) - 5.0;
            svg.push_str(&format!(r##"<text x="{}%" y="{y:.0}">{}</text>"##, self.middle(place), group.sum()));
        }
        svg.push_str(r##"</g><g text-anchor="middle">"##);
        for (place, group) in self.groups.iter().enumerate() {
            // A span of years stands on two lines, so that it fits a narrow screen.
            for (line, part) in group.label.split_inclusive('–').enumerate() {
                let y = BASE + 17.0 + 15.0 * line as f64;
                svg.push_str(&format!(r##"<text x="{}%" y="{y:.0}">{}</text>"##, self.middle(place), escaped(part)));
            }
        }
        svg.push_str("</g></svg>");
        svg
    }

    /// Rows side by side: under each name one row for each series, its number at its end.
    pub fn rows(&self) -> String {
        let tall = LABEL + BAR * self.series.len() as f64 + GAP;
        let most = self.groups.iter().flat_map(|group| &group.values).copied().max().unwrap_or(0).max(1);
        let mut svg = self.opened(tall * self.groups.len() as f64);
        for (place, group) in self.groups.iter().enumerate() {
            let y = tall * place as f64;
            svg.push_str(&format!(r##"<text y="{:.0}">{}</text>"##, y + 14.0, escaped(&group.label)));
            for (row, (value, tone)) in group.values.iter().zip(&TONES).enumerate() {
                let y = y + LABEL + BAR * row as f64;
                let wide = LONGEST * f64::from(*value) / f64::from(most);
                svg.push_str(&format!(
                    r##"<rect y="{y:.0}" width="{wide:.1}%" height="{:.0}" fill="{}"/><text x="{wide:.1}%" y="{:.0}" dx="6">{value}</text>"##,
                    BAR - 2.0, tone.fill, y + 12.0,
                ));
            }
        }
        svg.push_str("</svg>");
        svg
    }

    /// The fill and the name of each series, for the legend.
    pub fn legend(&self) -> impl Iterator<Item = (&'static str, &String)> {
        TONES.iter().map(|tone| tone.fill).zip(&self.series)
    }

    /// A picture of this chart with its legend under it, for paper, where the legend cannot stand beside it.
    pub fn with_legend(&self, svg: &str) -> String {
        let height = svg.split_once("height=\"").and_then(|(_, rest)| rest.split_once('"')?.0.parse::<f64>().ok());
        let Some(height) = height else { return svg.to_owned() };
        let mut legend = String::new();
        for (place, (fill, name)) in self.legend().enumerate() {
            let y = height + LABEL * place as f64 + 6.0;
            legend += &format!(
                r##"<rect x="0" y="{y:.0}" width="12" height="12" fill="{fill}"/><text x="18" y="{:.0}">{}</text>"##,
                y + 11.0,
                escaped(name),
            );
        }
        let tall = height + LABEL * self.series.len() as f64 + 8.0;
        let svg = svg.replacen(&format!("height=\"{height:.0}\""), &format!("height=\"{tall:.0}\""), 1);
        svg.replace("</svg>", &format!("{legend}</svg>"))
    }

    fn opened(&self, height: f64) -> String {
        let label = escaped(&format!("{}. {}", self.caption, self.saying));
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{height:.0}" role="img" aria-label="{label}" font-size="12" fill="#21252b">"##
        )
    }

    /// One series in all columns, and its numbers where there is room for them.
    fn parts(&self, svg: &mut String, series: usize, top: u32) {
        let wide = (self.wide() * 0.62).min(9.0);
        let tone = &TONES[series % TONES.len()];
        let mut numbers = String::new();
        svg.push_str(&format!(r##"<g fill="{}" stroke="#fff">"##, tone.fill));
        for (place, group) in self.groups.iter().enumerate().filter(|(_, group)| group.values[series] > 0) {
            let (value, below) = (group.values[series], group.values[..series].iter().sum::<u32>());
            let y = level(below + value, top);
            let tall = level(below, top) - y;
            let left = LEFT + self.wide() * (place as f64 + 0.5) - wide / 2.0;
            svg.push_str(&format!(r##"<rect x="{left:.1}%" y="{y:.1}" width="{wide:.1}%" height="{tall:.1}"/>"##));
            if tall >= ROOM && value < group.sum() {
                numbers.push_str(&format!(
                    r##"<text x="{}%" y="{:.0}">{value}</text>"##,
                    self.middle(place),
                    y + tall / 2.0 + 4.0
                ));
            }
        }
        svg.push_str("</g>");
        if !numbers.is_empty() {
            svg.push_str(&format!(r##"<g text-anchor="middle" fill="{}">{numbers}</g>"##, tone.ink));
        }
    }

    /// The width of one group in percent.
    fn wide(&self) -> f64 {
        (100.0 - LEFT) / self.groups.len().max(1) as f64
    }

    /// The middle of a group in percent, with one digit.
    fn middle(&self, place: usize) -> String {
        format!("{:.1}", LEFT + self.wide() * (place as f64 + 0.5))
    }
}

impl Group {
    /// All its series together.
    pub fn sum(&self) -> u32 {
        self.values.iter().sum()
    }
}

/// The lines of the axis with their numbers.
fn axis(svg: &mut String, step: u32, top: u32) {
    svg.push_str(r##"<g stroke="#d9d3c8">"##);
    for line in 0..=top / step {
        let y = level(line * step, top);
        svg.push_str(&format!(r##"<line x1="{LEFT}%" x2="100%" y1="{y:.0}" y2="{y:.0}"/>"##));
    }
    svg.push_str(r##"</g><g text-anchor="end" fill="#575d65">"##);
    for line in 0..=top / step {
        let y = level(line * step, top) + 4.0;
        svg.push_str(&format!(r##"<text x="{}%" y="{y:.0}">{}</text>"##, LEFT - 1.0, line * step));
    }
    svg.push_str("</g>");
}

/// How far down a value stands.
fn level(value: u32, top: u32) -> f64 {
    BASE - (BASE - TOP) * f64::from(value) / f64::from(top)
}

/// The step of the axis: 1, 2 or 5 times a power of ten, so that at most five lines stand above the ground.
fn step(most: u32) -> u32 {
    let steps = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
    steps.into_iter().find(|step| most.div_ceil(*step) <= 5).unwrap_or(1_000_000_000)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Chart, Group, step};

    fn chart(values: &[&[u32]]) -> Chart {
        let group =
            |(place, values): (usize, &&[u32])| Group { label: (2015 + place).to_string(), values: values.to_vec() };
        Chart {
            caption: "Theo năm".to_owned(),
            saying: "Hai \"năm\" & hai hình thức.".to_owned(),
            series: vec!["Huân chương".to_owned(), "Bằng khen".to_owned()],
            groups: values.iter().enumerate().map(group).collect(),
        }
    }

    fn heights(svg: &str) -> Vec<&str> {
        svg.split("<rect ").skip(1).filter_map(|rest| rest.split("height=\"").nth(1)?.split('"').next()).collect()
    }

    #[test]
    fn nothing_counted_is_still_a_picture_with_an_axis() {
        let svg = chart(&[&[0, 0]]).columns();
        assert_eq!(heights(&svg), Vec::<&str>::new());
        assert_eq!(svg.matches("<line ").count(), 2);
        assert_eq!(chart(&[]).rows().matches("<rect ").count(), 0);
    }

    #[test]
    fn the_height_of_a_part_follows_its_number() {
        let svg = chart(&[&[1, 3], &[2, 2]]).columns();
        assert_eq!(heights(&svg), ["47.5", "95.0", "142.5", "95.0"]);
    }

    #[test]
    fn the_longest_row_belongs_to_the_largest_number() {
        let svg = chart(&[&[41, 32]]).rows();
        let widths: Vec<&str> =
            svg.split("<rect ").skip(1).filter_map(|rest| rest.split("width=\"").nth(1)?.split('"').next()).collect();
        assert_eq!(widths, ["86.0%", "67.1%"]);
    }

    #[test]
    fn words_cannot_break_out_of_the_drawing_and_no_style_is_written() {
        let svg = chart(&[&[1, 1]]).columns();
        assert_eq!(svg.matches("Hai &quot;năm&quot; &amp; hai hình thức.").count(), 1);
        assert_eq!(svg.matches("style=").count(), 0);
    }

    #[test]
    fn the_axis_has_at_most_five_steps() {
        assert_eq!([0, 1, 5, 6, 11, 41, 260].map(step), [1, 1, 1, 2, 5, 10, 100]);
    }
}
