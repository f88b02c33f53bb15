//! Files of records: seen by whoever sees the record.

use store::access::Viewer;
use store::attachments;
use store::error::StoreError;
use store::records::NewAttachment;
use store::words::Role;
use uuid::Uuid;

use crate::builders::{day, decision, enter, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

fn scan(noun: &str, record: Uuid, stored_as: &str) -> NewAttachment {
    NewAttachment {
        id: Uuid::now_v7(),
        noun: noun.into(),
        record,
        title: "Bản ký".into(),
        file_name: "qd-12.pdf".into(),
        media_type: "application/pdf".into(),
        size: 9,
        sha256: "00".repeat(32),
        stored_as: stored_as.into(),
    }
}

#[test]
fn a_scan_of_a_decision_is_for_those_who_read_the_whole_office() {
    on_each_database(async |store| {
        let (tccb, hoa, decision, files) = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, hoa) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let person = member(tx, "Trần Thị Hoa", tccb)?;
            let decision = decision(tx, "12", "2018-02-25");
            tx.add(decision.clone())?;
            tx.add(line(tx, &decision, "bang-khen-bo", person, tccb))?;
            let files = [scan("decision", decision.id, "a"), scan("person", person, "b"), scan("unit", hoa, "c")];
            for file in &files {
                tx.add(file.clone())?;
            }
            Ok((tccb, person, decision.id, files.map(|file| file.id)))
        })
        .await;
        let lan = lan_officer();
        let mai_clerk = Viewer { unit: Some(tccb), ..viewer(Role::Clerk) };
        let hoa_employee = Viewer { person: Some(hoa), ..viewer(Role::Employee) };
        let seen = async |who: &Viewer| {
            let mut seen = Vec::new();
            for file in files {
                seen.push(match attachments::one(&store, who, file, day(TODAY)).await {
                    Ok(found) => found.is_some(),
                    Err(StoreError::Forbidden) => false,
                    Err(other) => panic!("{other}"),
                });
            }
            seen
        };
        assert_eq!(seen(&lan).await, [true, true, true]);
        assert_eq!(seen(&mai_clerk).await, [false, true, false]);
        assert_eq!(seen(&hoa_employee).await, [false, true, false]);
        assert_eq!(attachments::one(&store, &lan, Uuid::nil(), day(TODAY)).await, Ok(None));
        let of = attachments::of_record(&store, &lan, "decision", decision).await.unwrap();
        assert_eq!(of.iter().map(|file| file.stored_as.as_str()).collect::<Vec<_>>(), ["a"]);
        let mut names = attachments::stored_names(&store).await.unwrap();
        names.sort();
        assert_eq!(names, ["a", "b", "c"]);
    });
}
