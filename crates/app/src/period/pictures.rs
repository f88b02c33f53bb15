//! The pictures of the period report, drawn from the same figures as its tables.

use store::reports::counted::{Category, SubjectKind};
use store::reports::period::PartRow;

use crate::figures::bars::{Chart, Group, MOST_SERIES};
use crate::period::forms::{self, Form};
use crate::period::tables::{column_name, columns};
use crate::period::words::{counted, part, subject_key};
use crate::period::{Telling, asked};

/// A picture with what stands beside it.
pub struct Picture {
    pub chart: Chart,
    pub svg: String,
}

impl Telling<'_> {
    /// Every picture that has something to show.
    pub fn pictures(&self) -> Vec<Picture> {
        let by_year = [self.years_picture(), self.subjects_picture()];
        let by_year = by_year.into_iter().flatten().map(|chart| Picture { svg: chart.columns(), chart });
        let rows = [
            self.parts_picture("period-picture-levels", &self.report.by_level),
            self.parts_picture("period-picture-kinds", &self.report.by_kind),
        ];
        by_year.chain(rows.into_iter().flatten().map(|chart| Picture { svg: chart.rows(), chart })).collect()
    }

    /// Commendations of individuals by year, the forms one on another.
    fn years_picture(&self) -> Option<Chart> {
        let forms: Vec<&Form> = forms::of(self.forms, Category::Commendation, SubjectKind::Individual).collect();
        let (shown, rest) =
            if forms.len() > MOST_SERIES { forms.split_at(MOST_SERIES - 1) } else { (&forms[..], &[][..]) };
        let mut series: Vec<String> = shown.iter().map(|form| self.language.pick(&form.name).to_owned()).collect();
        if !rest.is_empty() {
            series.push(self.language.text("period-picture-other-forms").into_owned());
        }
        let groups = columns(self.report).into_iter().map(|column| {
            let of = |form: &Form| form.years[column.clone()].iter().sum::<u32>();
            let mut values: Vec<u32> = shown.iter().map(|form| of(form)).collect();
            if !rest.is_empty() {
                values.push(rest.iter().map(|form| of(form)).sum());
            }
            Group { label: column_name(self.language, self.report, &column), values }
        });
        self.by_year("period-picture-years", series, groups.collect())
    }

    /// Flags and commendations of collectives and of individuals by year.
    fn subjects_picture(&self) -> Option<Chart> {
        let subjects = [SubjectKind::Collective, SubjectKind::Individual];
        let groups = columns(self.report).into_iter().map(|column| {
            let of = |subject: SubjectKind| {
                let totals = self.report.totals.iter();
                let totals = totals.filter(|total| total.subject == subject && total.category != Category::Title);
                totals.flat_map(|total| &total.row.years[column.clone()]).map(|cell| cell.lines).sum()
            };
            Group { label: column_name(self.language, self.report, &column), values: subjects.map(of).into() }
        });
        let series = subjects.map(|subject| self.language.text(subject_key(subject)).into_owned()).into();
        self.by_year("period-picture-subjects", series, groups.collect())
    }

    /// Commendations of individuals by level or kind, beside those of the comparison.
    fn parts_picture(&self, caption: &str, rows: &[PartRow]) -> Option<Chart> {
        let rows: Vec<&PartRow> = rows
            .iter()
            .filter(|row| (row.category, row.subject) == (Category::Commendation, SubjectKind::Individual))
            .collect();
        let whole: u32 = rows.iter().map(|row| row.total.lines).sum();
        let most = rows.iter().max_by_key(|row| row.total.lines).filter(|_| whole > 0)?;
        let (name, count) = (part(self.language, most.part), counted(self.language, most.total.lines));
        let share = self.language.share(most.total.lines.into(), whole.into());
        let groups = rows.iter().map(|row| Group {
            label: part(self.language, row.part),
            values: self.sides(row.total.lines, row.compared.as_ref().map(|cell| cell.lines)),
        });
        Some(Chart {
            caption: self.language.text(caption).into_owned(),
            saying: self
                .language
                .text_with("period-saying-most", &[("name", &name), ("count", &count), ("share", &share)]),
            series: self.side_names(),
            groups: groups.collect(),
        })
    }

    fn by_year(&self, caption: &str, series: Vec<String>, groups: Vec<Group>) -> Option<Chart> {
        let total: u32 = groups.iter().map(Group::sum).sum();
        let most = groups.iter().map(Group::sum).max().filter(|_| total > 0)?;
        let years: Vec<&str> =
            groups.iter().filter(|group| group.sum() == most).map(|group| group.label.as_str()).collect();
        let (total, most, years) = (counted(self.language, total), counted(self.language, most), years.join(", "));
        Some(Chart {
            caption: self.language.text(caption).into_owned(),
            saying: self
                .language
                .text_with("period-saying-years", &[("total", &total), ("most", &most), ("years", &years)]),
            series,
            groups,
        })
    }

    fn sides(&self, total: u32, compared: Option<u32>) -> Vec<u32> {
        [Some(total), compared].into_iter().flatten().collect()
    }

    fn side_names(&self) -> Vec<String> {
        let periods = [Some(self.period), self.compare];
        periods.into_iter().flatten().map(|period| asked::told(self.language, period)).collect()
    }
}
