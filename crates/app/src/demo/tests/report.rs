//! The article's figures, computed by the store from the records that the demonstration wrote.

use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting, SubjectKind, UnitChoice};
use store::reports::period::{Parameters, PeriodReport, report};
use store::units;

use super::stored::filled;

/// The awards that the test counts, all by the day of decision.
const COUNTED: [(Category, &str); 8] = [
    (Category::Flag, "co-thi-dua-chinh-phu"),
    (Category::Flag, "co-thi-dua-bo"),
    (Category::Commendation, "huan-chuong-lao-dong-nhat"),
    (Category::Commendation, "huan-chuong-lao-dong-nhi"),
    (Category::Commendation, "huan-chuong-lao-dong-ba"),
    (Category::Commendation, "huan-chuong-lao-dong"),
    (Category::Commendation, "bang-khen-thu-tuong"),
    (Category::Commendation, "bang-khen-bo"),
];

#[tokio::test]
async fn the_department_reads_fifty_five_against_thirty_nine_and_its_collective_honours() {
    let filled = filled().await;
    let unit = units::find_by_code(&filled.store, &filled.viewer, "TCCB", filled.today).await.expect("the unit reads");
    let counting =
        |(category, award): (Category, &str)| Counting { award: award.to_owned(), category, by: CountBy::DecisionDay };
    let parameters = Parameters {
        period: Period::of_years(2015, 2020).expect("years in order"),
        compare: Period::of_years(2006, 2010),
        unit: unit.map(|unit| UnitChoice { unit: unit.id, with_sub_units: true }),
        countings: COUNTED.map(counting).to_vec(),
    };
    let answer =
        report(&filled.store, &filled.viewer, &parameters, filled.today).await.expect("the report is computed");
    filled.delete().await;
    assert_eq!(total(&answer, Category::Commendation, SubjectKind::Individual), (55, Some(39), Some(4103)));
    assert_eq!(total(&answer, Category::Commendation, SubjectKind::Collective).0, 9);
    assert_eq!(total(&answer, Category::Flag, SubjectKind::Collective).0, 6);
    let yearly: Vec<u32> = years(&answer, Category::Commendation, SubjectKind::Individual);
    assert_eq!(yearly, [9, 11, 11, 10, 11, 3]);
}

/// The number of the period, that of the other period, and the change in hundredths of a percent.
fn total(answer: &PeriodReport, category: Category, subject: SubjectKind) -> (u32, Option<u32>, Option<i64>) {
    let row = answer.totals.iter().find(|row| row.category == category && row.subject == subject).expect("the row");
    let change = row.row.change.as_ref().and_then(|change| change.hundredths);
    (row.row.total.lines, row.row.compared.as_ref().map(|cell| cell.lines), change)
}

fn years(answer: &PeriodReport, category: Category, subject: SubjectKind) -> Vec<u32> {
    let row = answer.totals.iter().find(|row| row.category == category && row.subject == subject).expect("the row");
    row.row.years.iter().map(|cell| cell.lines).collect()
}
