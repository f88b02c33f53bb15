//! People with their careers for the stories, entered through the store as the program itself would.

use app::secret::hash_password;
use app::session::OFFICE;
use rules::facts::{Discipline, Grade, Group, RecordKind, Scope, Sex, Sort};
use store::Store;
use store::error::StoreError;
use store::records::{
    NewAccount, NewAccountState, NewCompleteRange, NewDiscipline, NewGrade, NewInitiative, NewMembership, NewPassword,
    NewPerson, NewPost, NewRoleGrant,
};
use store::words::{MembershipKind, PostForm, PostLevel, PostSide, Role};
use uuid::Uuid;

use crate::builders::PASSWORD;
use crate::honours::{self, Honour, Paper, To};
use crate::test_app::{TestApp, now, today};

/// A person of whom nothing is known but that there is one.
pub fn somebody(id: Uuid) -> NewPerson {
    NewPerson {
        id,
        full_name: String::new(),
        sex: None,
        born: None,
        recruited: None,
        staff_group: None,
        fictitious: true,
        quotation: None,
        excluded_from_roster: false,
    }
}

/// An account of an employee who is that person.
pub async fn employee(store: &Store, login: &str, person: Uuid) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let account = step.add(NewAccount {
            id: step.id(),
            login: login.to_owned(),
            display_name: "Trịnh Thu Vy".to_owned(),
            person: Some(person),
        })?;
        let argon2 = hash_password(PASSWORD);
        step.add(NewPassword { id: step.id(), account, argon2 })?;
        step.add(NewAccountState { id: step.id(), account, active: true, from_day: today() })?;
        let role = Role::Employee;
        step.add(NewRoleGrant { id: step.id(), account, role, unit: None, from_day: today(), to_day: None })?;
        Ok::<(), StoreError>(())
    });
    entered.await.expect("an account");
}

/// So many people of a unit.
pub async fn crowd(store: &Store, unit: Uuid, people: usize) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        for place in 0..people {
            let full_name = format!("Nguyễn Thị Thanh Hương Giang {place}");
            let person = step.add(NewPerson { full_name, ..somebody(step.id()) })?;
            step.add(NewMembership {
                id: step.id(),
                person,
                unit,
                review_unit: unit,
                kind: MembershipKind::Chinh,
                from_day: "2015-01-01".parse().expect("a day"),
                to_day: None,
            })?;
        }
        Ok::<(), StoreError>(())
    });
    entered.await.expect("people");
}

/// A person with twenty years of grades, titles, initiatives, two certificates, a measure and two posts, and the
/// decisions from the oldest to the newest.
pub async fn long_career(test_app: &TestApp) -> (Uuid, Vec<Uuid>) {
    let (store, unit) = (&test_app.app.store, test_app.office.unit);
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let hoa = step.add(NewPerson {
            full_name: "Phạm Thị Thanh Hoa".to_owned(),
            sex: Some(Sex::Nu),
            born: Some(day("1980-05-02")),
            recruited: Some(day("2004-03-01")),
            staff_group: Some(Group::CongChuc),
            ..somebody(step.id())
        })?;
        let kind = MembershipKind::Chinh;
        step.add(NewMembership {
            id: step.id(),
            person: hoa,
            unit,
            review_unit: unit,
            kind,
            from_day: day("2004-03-01"),
            to_day: None,
        })?;
        for (label, level, from, to) in [
            ("Chuyên viên", PostLevel::TrucTiep, "2004-03-01", Some("2014-12-31")),
            ("Trưởng phòng", PostLevel::LanhDaoPhong, "2015-01-01", None),
        ] {
            step.add(NewPost {
                id: step.id(),
                person: hoa,
                unit: Some(unit),
                label: label.to_owned(),
                post: None,
                side: PostSide::ChinhQuyen,
                level,
                form: PostForm::ChinhThuc,
                position: 1,
                from_day: day(from),
                to_day: to.map(day),
            })?;
        }
        let person = Some(hoa);
        for year in 2006..=2025 {
            let decided = Some(day(&format!("{year}-12-20")));
            let grade = Grade::XuatSac;
            step.add(NewGrade {
                id: step.id(),
                person,
                collective: None,
                year,
                grade,
                decided,
                number: None,
                issuer: None,
            })?;
            step.add(NewInitiative {
                id: step.id(),
                person,
                collective: None,
                name: format!("Rút ngắn thời gian xử lý văn bản năm {year}"),
                sort: Sort::SangKien,
                scope: Scope::Bo,
                year,
                decided,
                number: Some("15/QĐ-VPCP".to_owned()),
            })?;
        }
        use RecordKind::{Awards, Disciplines, Grades, Holds, Initiatives, Leave, Posts, Registrations, Titles};
        for kind in [Awards, Disciplines, Grades, Holds, Initiatives, Leave, Posts, Registrations, Titles] {
            step.add(NewCompleteRange {
                id: step.id(),
                person,
                collective: None,
                kind,
                from_year: 2004,
                to_year: 2026,
            })?;
        }
        let (from_day, to_day) = (day("2010-03-01"), Some(day("2011-03-01")));
        let kind = Discipline::CanhCao;
        step.add(NewDiscipline { id: step.id(), person, collective: None, kind, number: None, from_day, to_day })?;
        Ok::<Uuid, StoreError>(hoa)
    });
    let hoa = entered.await.expect("a person");
    let honour = |award, year| Honour { award, to: To::Person(hoa, unit), year, level: Some(PostLevel::TrucTiep) };
    let mut decisions = Vec::new();
    for year in 2006..=2025 {
        let day = format!("{}-01-15", year + 1);
        let paper = Paper { number: "MH-001", issuer: "VPCP", day: &day, summary: "Công nhận danh hiệu" };
        let titles = [honour("lao-dong-tien-tien", Some(year)), honour("chien-si-thi-dua-co-so", Some(year))];
        decisions.push(honours::decision(store, &paper, &titles).await);
    }
    let paper = Paper { number: "MH-002", issuer: "VPCP", day: "2012-02-25", summary: "Tặng Bằng khen" };
    decisions
        .insert(6, honours::decision(store, &paper, &[honour("bang-khen-bo", None), honour("giay-khen", None)]).await);
    (hoa, decisions)
}
