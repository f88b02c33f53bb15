//! What a period report says in sentences, made of its figures.

use rules::facts::{Kind, Sex};
use rules::words::{count_vi, kind};
use store::reports::arithmetic::{Change, Period};
use store::reports::counted::{Category, SubjectKind};
use store::reports::period::{Part, PartRow, TotalRow};
use store::words::PostLevel;

use crate::language::Language;
use crate::period::{Telling, asked, forms};
use crate::wording::capital;

impl Telling<'_> {
    /// The report as paragraphs.
    pub fn paragraphs(&self) -> Vec<String> {
        let told: Vec<&TotalRow> = self.given().collect();
        let period = asked::told(self.language, self.period);
        if told.is_empty() {
            return vec![self.filled("period-text-nothing", &[("period", &period), ("unit", self.unit)])];
        }
        let mut paragraphs = vec![self.filled("period-text-opening", &[("period", &period), ("unit", self.unit)])];
        paragraphs.extend(told.iter().map(|total| self.total_told(total)));
        let commended = |rows: &[PartRow]| {
            let rows = rows.iter().filter(|row| row.category == Category::Commendation);
            rows.filter(|row| row.subject == SubjectKind::Individual && row.total.lines > 0).cloned().collect()
        };
        paragraphs.extend(self.parts_told("period-text-levels", commended(&self.report.by_level)));
        paragraphs.extend(self.parts_told("period-text-sexes", commended(&self.report.by_sex)));
        paragraphs.extend(self.parts_told("period-text-kinds", commended(&self.report.by_kind)));
        paragraphs.extend(self.lengths());
        paragraphs
    }

    /// What the report leaves out, where it leaves anything out.
    pub fn left_out(&self) -> Vec<String> {
        let (others, unlisted) = (self.report.other_bodies.lines, self.report.unlisted.len());
        let others = (others > 0).then(|| self.language.text_with("period-note-other-bodies", &[("count", &others)]));
        let unlisted = (unlisted > 0).then(|| self.language.text_with("period-note-unlisted", &[("count", &unlisted)]));
        [others, unlisted].into_iter().flatten().collect()
    }

    /// That the two periods differ in length, where they do.
    pub fn lengths(&self) -> Option<String> {
        self.differ().then(|| self.language.text("period-lengths-differ").into_owned())
    }

    /// The totals of categories that were given in either period.
    pub fn given(&self) -> impl Iterator<Item = &TotalRow> {
        let some = |total: &&TotalRow| {
            total.row.total.lines > 0 || total.row.compared.as_ref().is_some_and(|cell| cell.lines > 0)
        };
        self.report.totals.iter().filter(some)
    }

    fn differ(&self) -> bool {
        let (one, other) = (self.period.length(), self.compare.map(Period::length));
        other.is_some_and(|other| {
            u64::from(one.numerator) * u64::from(other.denominator)
                != u64::from(other.numerator) * u64::from(one.denominator)
        })
    }

    fn total_told(&self, total: &TotalRow) -> String {
        let subject = self.language.text(of_key(total.subject));
        let category = self.language.text(category_key(total.category));
        let count = counted(self.language, total.row.total.lines);
        let forms = forms::of(self.forms, total.category, total.subject).filter(|form| form.total > 0);
        let forms: Vec<String> = forms
            .map(|form| format!("{} {}", counted(self.language, form.total), self.language.pick(&form.name)))
            .collect();
        let list = if forms.is_empty() { String::new() } else { format!(" ({})", forms.join(", ")) };
        let change = self.change_told(total);
        let words = [
            ("subject", &*subject),
            ("category", &*category),
            ("count", &*count),
            ("forms", &*list),
            ("change", &*change),
        ];
        self.filled("period-text-total", &words)
    }

    fn change_told(&self, total: &TotalRow) -> String {
        let (Some(change), Some(compare)) = (total.row.change, self.compare) else {
            return String::new();
        };
        let period = asked::told(self.language, compare);
        let base = counted(self.language, change.base);
        let key = match change.hundredths {
            None => "period-text-change-none",
            Some(0) => "period-text-change-same",
            Some(hundredths) if hundredths > 0 => "period-text-change-up",
            Some(_) => "period-text-change-down",
        };
        let percent = self.language.percent(change.hundredths.unwrap_or(0).abs());
        let words = [("period", &*period), ("base", &*base), ("percent", &*percent)];
        format!("{}{}", self.filled(key, &words), self.rate_told(total))
    }

    /// The yearly rates, where the lengths differ and the totals alone would mislead.
    fn rate_told(&self, total: &TotalRow) -> String {
        let rates = total.compared_yearly.zip(total.yearly_change).filter(|_| self.differ());
        let Some((before, change)) = rates else {
            return String::new();
        };
        let (now, before) = (self.language.hundredths(total.yearly), self.language.hundredths(before));
        let change = signed(self.language, change);
        self.filled("period-text-rate", &[("now", &now), ("before", &before), ("change", &change)])
    }

    fn parts_told(&self, key: &str, rows: Vec<PartRow>) -> Option<String> {
        let whole: u32 = rows.iter().map(|row| row.total.lines).sum();
        let parts = rows.iter().map(|row| {
            let share = self.language.share(row.total.lines.into(), whole.into());
            format!("{} {} ({share})", part(self.language, row.part), counted(self.language, row.total.lines))
        });
        let parts = parts.collect::<Vec<_>>().join("; ");
        (whole > 0).then(|| self.filled(key, &[("parts", &parts)]))
    }

    fn filled(&self, key: &str, words: &[(&str, &str)]) -> String {
        let words: Vec<(&str, &dyn crate::language::Word)> =
            words.iter().map(|(name, word)| (*name, word as &dyn crate::language::Word)).collect();
        self.language.text_with(key, &words)
    }
}

/// A change for a table: `+41,03%`, or a dash where there is nothing to compare with.
pub fn change(language: Language, change: Option<Change>) -> String {
    change
        .and_then(|change| change.hundredths)
        .map_or_else(|| "–".to_owned(), |hundredths| signed(language, hundredths))
}

/// Hundredths of a percent with their sign.
pub fn signed(language: Language, hundredths: i64) -> String {
    let percent = language.percent(hundredths);
    if hundredths > 0 { format!("+{percent}") } else { percent }
}

/// The text that names a sort of subject.
pub fn subject_key(subject: SubjectKind) -> &'static str {
    match subject {
        SubjectKind::Collective => "subject-collectives",
        SubjectKind::Individual => "subject-individuals",
        SubjectKind::Household => "subject-households",
    }
}

/// The text that names a sort of subject within a sentence.
pub fn of_key(subject: SubjectKind) -> &'static str {
    match subject {
        SubjectKind::Collective => "period-of-collectives",
        SubjectKind::Individual => "period-of-individuals",
        SubjectKind::Household => "period-of-households",
    }
}

/// The text that names a category.
pub fn category_key(category: Category) -> &'static str {
    match category {
        Category::Title => "period-category-title",
        Category::Flag => "period-category-flag",
        Category::Commendation => "period-category-commendation",
    }
}

/// The name of a part: a level, a sex or a kind.
pub fn part(language: Language, part: Part) -> String {
    match part {
        Part::Level(level) => language.text(level_key(level)).into_owned(),
        Part::Sex(sex) => language.text(sex_key(sex)).into_owned(),
        Part::Kind(kind) => capital(&kind_name(language, kind)),
    }
}

/// The text that names a level of posts.
pub fn level_key(level: Option<PostLevel>) -> &'static str {
    match level {
        Some(PostLevel::LanhDaoVu) => "period-level-department",
        Some(PostLevel::LanhDaoPhong) => "period-level-division",
        Some(PostLevel::TrucTiep) => "period-level-staff",
        None => "period-level-unknown",
    }
}

/// The text that names a sex.
pub fn sex_key(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Nam) => "period-sex-men",
        Some(Sex::Nu) => "period-sex-women",
        None => "period-sex-unknown",
    }
}

/// The name of a kind of commendation.
pub fn kind_name(language: Language, of: Option<Kind>) -> String {
    of.map_or_else(|| language.text("period-kind-unknown").into_owned(), |of| language.pick(&kind(of)).to_owned())
}

/// A count in a sentence: official Vietnamese writes two digits at least.
pub fn counted(language: Language, count: u32) -> String {
    match language {
        Language::Vi if count < 10 => count_vi(count),
        _ => language.number(count.into()),
    }
}
