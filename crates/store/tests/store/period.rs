//! The period report: what counts where, the change against another period, and the lines behind each number.

use rules::facts::{Kind, Sex};
use store::access::Viewer;
use store::error::StoreError;
use store::page::{Page, Total};
use store::records::{NewConferral, NewDecisionEnd, NewPerson, NewUnitName};
use store::reports::REPORTS;
use store::reports::arithmetic::{Change, Period, YearsLong, rate_change_hundredths};
use store::reports::counted::{Category, CountBy, Counting, SubjectKind, UnitChoice};
use store::reports::period::{self, Cell, Parameters, Part, PeriodReport, Side};
use store::words::{EndKind, PostLevel, Role};
use uuid::Uuid;

use crate::builders::{
    collective_line, day, decision, enter, lan_officer, line, member, membership, office, person, unit,
};
use crate::builders::{unit_name, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

fn years(from: i32, to: i32) -> Period {
    Period::of_years(from, to).unwrap()
}

fn countings() -> Vec<Counting> {
    let counting = |award: &str, category, by| Counting { award: award.into(), category, by };
    vec![
        counting("bang-khen-bo", Category::Commendation, CountBy::DecisionDay),
        counting("co-thi-dua-bo", Category::Flag, CountBy::DecisionDay),
        counting("lao-dong-tien-tien", Category::Title, CountBy::TitleYear),
    ]
}

fn asked(period: Period, compare: Option<Period>, unit: Option<Uuid>) -> Parameters {
    let unit = unit.map(|unit| UnitChoice { unit, with_sub_units: true });
    Parameters { period, compare, unit, countings: countings() }
}

#[test]
fn changes_and_rates_are_exact_and_rounded_once() {
    let change = |earlier, later| {
        let change = Change::between(earlier, later);
        (change.difference, change.base, change.hundredths)
    };
    assert_eq!(change(0, 7), (7, 0, None));
    assert_eq!(change(39, 55), (16, 39, Some(4103)));
    assert_eq!(change(39, 41), (2, 39, Some(513)));
    assert_eq!(change(55, 39), (-16, 55, Some(-2909)));
    assert_eq!(change(8, 8), (0, 8, Some(0)));
    // 1/800 is 0.125 % and -1/800 is -0.125 %: halves go away from zero.
    assert_eq!((change(800, 801).2, change(800, 799).2), (Some(13), Some(-13)));
    assert_eq!(years(2015, 2020).length(), YearsLong { numerator: 6, denominator: 1 });
    let to_the_conference = Period { from: day("2015-01-01"), to: day("2020-06-15") };
    assert_eq!(to_the_conference.length(), YearsLong { numerator: 5 * 366 + 167, denominator: 366 });
    assert_eq!(years(2015, 2020).length().rate_hundredths(55), 917);
    let before = (39, years(2006, 2010).length());
    assert_eq!(rate_change_hundredths(before, (55, years(2015, 2020).length())), Some(1752));
    assert_eq!(rate_change_hundredths(before, (55, to_the_conference.length())), Some(2923));
    assert_eq!(rate_change_hundredths((0, years(2006, 2010).length()), before), None);
    assert_eq!(Period::of_years(2020, 2015), None);
    assert_eq!((years(2015, 2020).title_years(), to_the_conference.title_years()), ((2015, 2020), (2015, 2019)));
    assert_eq!(REPORTS.map(|report| report.id), ["giai-doan"]);
}

#[test]
fn fifty_five_against_thirty_nine_is_forty_one_point_oh_three_percent() {
    on_each_database(async |store| {
        let tccb = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            for (number, on, lines) in [("MH-039", "2008-02-01", 39), ("MH-055", "2018-02-01", 55)] {
                let decision = decision(tx, number, on);
                tx.add(decision.clone())?;
                for position in 0..lines {
                    tx.add(NewConferral { position, ..line(tx, &decision, "bang-khen-bo", hoa, tccb) })?;
                }
            }
            Ok(tccb)
        })
        .await;
        let asked = asked(years(2015, 2020), Some(years(2006, 2010)), Some(tccb));
        let report = period::report(&store, &lan_officer(), &asked, day(TODAY)).await.unwrap();
        let total = report
            .totals
            .iter()
            .find(|row| (row.category, row.subject) == (Category::Commendation, SubjectKind::Individual))
            .unwrap();
        assert_eq!((total.row.total.lines, total.row.compared.as_ref().unwrap().lines), (55, 39));
        assert_eq!(total.row.change, Some(Change { difference: 16, base: 39, hundredths: Some(4103) }));
        assert_eq!((total.yearly, total.compared_yearly, total.yearly_change), (917, Some(780), Some(1752)));
        assert_eq!(total.row.years.iter().map(|cell| cell.lines).collect::<Vec<_>>(), [0, 0, 0, 55, 0, 0]);
    });
}

/// TCCB with a division that leaves it at the end of 2017, and Pháp luật beside it.
struct Told {
    tccb: Uuid,
    phap_luat: Uuid,
}

async fn told(store: &store::Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
        let division = unit_in_time(tx, tccb, phap_luat)?;
        let hoa = tx.add(NewPerson { sex: Some(Sex::Nu), ..person(tx, "Trần Thị Hoa") })?;
        tx.add(membership(tx, hoa, tccb, "2005-01-01"))?;
        let binh = member(tx, "Lê Văn Bình", division)?;
        let quoted = tx.add(NewPerson { excluded_from_roster: true, ..person(tx, "Người Trong Bài") })?;
        let (early, late) = (decision(tx, "MH-001", "2015-01-01"), decision(tx, "MH-002", "2020-12-31"));
        let (before, after) = (decision(tx, "MH-003", "2014-12-31"), decision(tx, "MH-004", "2021-01-01"));
        let (moved, revoked) = (decision(tx, "MH-005", "2018-02-01"), decision(tx, "MH-006", "2017-02-01"));
        for decision in [&early, &late, &before, &after, &moved, &revoked] {
            tx.add(decision.clone())?;
        }
        let leader = Some(PostLevel::LanhDaoPhong);
        tx.add(NewConferral { level: leader, ..line(tx, &early, "bang-khen-bo", binh, division) })?;
        tx.add(NewConferral { kind: Some(Kind::PhongTrao), ..line(tx, &late, "bang-khen-bo", hoa, tccb) })?;
        tx.add(NewConferral { own_body: false, ..line(tx, &late, "bang-khen-bo", hoa, tccb) })?;
        tx.add(line(tx, &late, "bang-khen-bo", quoted, tccb))?;
        tx.add(line(tx, &late, "giay-khen", hoa, tccb))?;
        tx.add(line(tx, &before, "bang-khen-bo", hoa, tccb))?;
        tx.add(line(tx, &after, "bang-khen-bo", hoa, tccb))?;
        tx.add(line(tx, &moved, "bang-khen-bo", binh, division))?;
        tx.add(line(tx, &revoked, "bang-khen-bo", hoa, tccb))?;
        tx.add(NewDecisionEnd {
            id: tx.id(),
            decision: revoked.id,
            conferral: None,
            kind: EndKind::HuyBo,
            day: day("2022-01-01"),
            document: "MH-009/QĐ-VPCP".into(),
            reason: "sai thẩm quyền".into(),
        })?;
        // A flag for 2014 decided in 2015 counts by its decision; a title of 2014 decided then does not, one of 2020 decided in 2021 does.
        tx.add(NewConferral { title_year: Some(2014), ..collective_line(tx, &early, "co-thi-dua-bo", tccb) })?;
        for (decision, year) in [(&early, 2014), (&after, 2020)] {
            tx.add(NewConferral { title_year: Some(year), ..line(tx, decision, "lao-dong-tien-tien", hoa, tccb) })?;
        }
        Ok(Told { tccb, phap_luat })
    })
    .await
}

/// A division under one unit to the end of 2017, and under another afterwards.
fn unit_in_time(tx: &mut store::step::Step, first: Uuid, then: Uuid) -> Result<Uuid, StoreError> {
    let division = tx.add(store::records::NewUnit { id: tx.id(), kind: "phong".into(), fictitious: true })?;
    tx.add(NewUnitName { to_day: Some(day("2017-12-31")), ..unit_name(tx, division, "DT", Some(first)) })?;
    tx.add(NewUnitName { from_day: day("2018-01-01"), ..unit_name(tx, division, "DT", Some(then)) })?;
    Ok(division)
}

fn totals(report: &PeriodReport) -> Vec<(Category, SubjectKind, u32)> {
    let lines = report.totals.iter().map(|row| (row.category, row.subject, row.row.total.lines));
    lines.filter(|(_, _, lines)| *lines > 0).collect()
}

#[test]
fn each_line_falls_into_its_period_unit_and_column() {
    use {Category::*, SubjectKind::*};
    on_each_database(async |store| {
        let told = told(&store).await;
        let report =
            async |asked: Parameters| period::report(&store, &lan_officer(), &asked, day(TODAY)).await.unwrap();
        let period = years(2015, 2020);
        let whole = report(asked(period, None, None)).await;
        assert_eq!(totals(&whole), [(Title, Individual, 1), (Flag, Collective, 1), (Commendation, Individual, 3)]);
        assert_eq!((whole.other_bodies.lines, whole.unlisted.clone()), (1, vec!["giay-khen".to_owned()]));
        let tccb = report(asked(period, None, Some(told.tccb))).await;
        assert_eq!(totals(&tccb), [(Title, Individual, 1), (Flag, Collective, 1), (Commendation, Individual, 2)]);
        let phap_luat = report(asked(period, None, Some(told.phap_luat))).await;
        assert_eq!(totals(&phap_luat), [(Commendation, Individual, 1)]);
        let own = Some(UnitChoice { unit: told.tccb, with_sub_units: false });
        let own = report(Parameters { unit: own, ..asked(period, None, None) }).await;
        assert_eq!(totals(&own), [(Title, Individual, 1), (Flag, Collective, 1), (Commendation, Individual, 1)]);
        let titles = whole.forms.iter().find(|form| form.award == "lao-dong-tien-tien").unwrap();
        assert_eq!(titles.row.years.iter().map(|cell| cell.lines).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 1]);
        let parts = |rows: &[period::PartRow]| {
            let lines = rows.iter().filter(|row| row.category == Commendation);
            lines.map(|row| (row.part, row.total.lines)).collect::<Vec<_>>()
        };
        assert_eq!(
            parts(&whole.by_level),
            [(Part::Level(Some(PostLevel::LanhDaoPhong)), 1), (Part::Level(Some(PostLevel::TrucTiep)), 2)]
        );
        assert_eq!(parts(&whole.by_sex), [(Part::Sex(Some(Sex::Nu)), 1), (Part::Sex(None), 2)]);
        assert_eq!(
            parts(&whole.by_kind),
            [(Part::Kind(Some(Kind::CongTrang)), 2), (Part::Kind(Some(Kind::PhongTrao)), 1)]
        );
        let mut by_decision = asked(period, None, None);
        by_decision.countings[2].by = CountBy::DecisionDay;
        assert_eq!(totals(&report(by_decision).await)[0], (Title, Individual, 1));
    });
}

#[test]
fn every_number_opens_as_many_lines() {
    on_each_database(async |store| {
        let told = told(&store).await;
        for unit in [None, Some(told.tccb)] {
            let asked = asked(years(2015, 2020), Some(years(2010, 2014)), unit);
            let report = period::report(&store, &lan_officer(), &asked, day(TODAY)).await.unwrap();
            let mut cells: Vec<&Cell> = vec![&report.other_bodies];
            let rows = report.forms.iter().map(|form| &form.row).chain(report.totals.iter().map(|total| &total.row));
            for row in rows {
                cells.extend(row.years.iter().chain([&row.total]).chain(&row.compared));
            }
            for row in report.by_level.iter().chain(&report.by_sex).chain(&report.by_kind) {
                cells.extend([&row.total].into_iter().chain(&row.compared));
            }
            assert!(cells.iter().any(|cell| cell.side == Side::Compare && cell.lines > 0));
            for cell in cells {
                let lines = period::lines(
                    &store,
                    &lan_officer(),
                    &asked,
                    cell.side,
                    &cell.filter,
                    day(TODAY),
                    Page::first(100),
                )
                .await;
                let lines = lines.unwrap();
                assert_eq!(
                    (lines.rows.len(), lines.total),
                    (cell.lines as usize, Total::Exactly(cell.lines)),
                    "{cell:?}"
                );
            }
        }
    });
}

#[test]
fn a_report_outside_ones_unit_is_refused() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let mai = Viewer { unit: Some(told.phap_luat), ..viewer(Role::Clerk) };
        let hoa = viewer(Role::Employee);
        let period = years(2015, 2020);
        for (who, unit) in [(&mai, None), (&mai, Some(told.tccb)), (&hoa, Some(told.tccb)), (&hoa, None)] {
            let asked = asked(period, None, unit);
            assert_eq!(period::report(&store, who, &asked, day(TODAY)).await, Err(StoreError::Forbidden));
            let lines =
                period::lines(&store, who, &asked, Side::Period, &Default::default(), day(TODAY), Page::first(10))
                    .await;
            assert_eq!(lines, Err(StoreError::Forbidden));
        }
        let own = asked(period, None, Some(told.phap_luat));
        assert!(period::report(&store, &mai, &own, day(TODAY)).await.is_ok());
    });
}
