//! What the page of a decision says of its paper, of later documents and of its files.

use store::attachments;
use store::conferrals::Conferral;
use store::decisions::Decision;
use store::records::register::{NewAmendment, NewReissue};
use store::register::acts::{Acts, End};
use store::words::{AmendmentKind, EndKind, PaperState};
use uuid::Uuid;

use crate::error::Error;
use crate::register::choices;
use crate::register::document;
use crate::register::paper::of_another;
use crate::visit::Visit;

/// A file as the page lists it.
pub struct FileRow {
    pub href: String,
    pub title: String,
    pub told: String,
}

/// The files of a decision.
pub async fn files(visit: &Visit, decision: Uuid) -> Result<Vec<FileRow>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let files = attachments::of_record(&visit.app.store, viewer, "decision", decision).await?;
    let row = |file: attachments::Attachment| {
        let kind = file.media_type.rsplit(['/', '.']).next().unwrap_or_default().to_uppercase();
        let kind = if kind == "DOCUMENT" { "DOCX".to_owned() } else { kind };
        let size = visit.language.number(file.size.div_euclid(1024).max(1)) + " kB";
        let hash = file.sha256.get(..16).unwrap_or_default().to_owned();
        FileRow {
            href: format!("/tep/{}", file.id),
            title: file.title,
            told: visit.language.text_with("decision-file-told", &[("type", &kind), ("size", &size), ("hash", &hash)]),
        }
    };
    Ok(files.into_iter().map(row).collect())
}

/// What the register keeps of the paper: the key of a label and what stands behind it.
pub fn paper(visit: &Visit, decision: &Decision) -> Vec<(&'static str, String)> {
    let (language, mut rows) = (visit.language, Vec::new());
    let signer = decision.signer.clone().unwrap_or_else(|| visit.t("decision-signer-none"));
    let Some(paper) = &decision.paper else {
        return vec![("decision-signer", signer)];
    };
    let capacity = paper.capacity.map(choices::capacity_letters).unwrap_or_default().to_owned();
    let post = paper.signer_post.clone().unwrap_or_default();
    let parts = [capacity, post].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    rows.push(("decision-signer", if parts.is_empty() { signer } else { format!("{signer} ({parts})") }));
    rows.push(("decision-body", choices::body_name(language, paper.body)));
    rows.push(("decision-paper", choices::state_name(language, paper.state)));
    if of_another(paper.body) {
        let key = if paper.counts { "decision-counts-yes" } else { "decision-counts-no" };
        let ground = paper.ground.clone().unwrap_or_default();
        rows.push(("decision-counts", language.text_with(key, &[("ground", &ground)])));
    }
    if let Some(reason) = &paper.twin_reason {
        rows.push(("register-twin", reason.clone()));
    }
    rows
}

/// What proves a decision whose paper is lost, in a sentence; empty where it is not.
pub fn lost(visit: &Visit, decision: &Decision) -> String {
    let lost = decision.paper.as_ref().filter(|paper| paper.state == PaperState::Mat);
    let proof = lost.and_then(|paper| paper.proof.clone());
    proof.map_or_else(String::new, |proof| visit.language.text_with("decision-lost-note", &[("proof", &proof)]))
}

/// Later documents, each in a sentence, in the order of their days.
pub fn told<'n>(visit: &Visit, acts: &Acts, name: impl Fn(Uuid) -> Option<&'n str>) -> Vec<String> {
    let of = |line: Option<Uuid>, told: String| {
        let named = line.and_then(&name);
        named.map_or(told.clone(), |name| {
            visit.language.text_with("decision-act-of", &[("name", &name), ("told", &told)])
        })
    };
    let mut all: Vec<(rules::facts::Day, String)> = Vec::new();
    for end in &acts.ends {
        all.extend(ended(visit, end).into_iter().map(|(day, told)| (day, of(end.end.conferral, told))));
    }
    for amendment in &acts.amendments {
        all.push((amendment.from_day, of(amendment.conferral, amended(visit, amendment))));
    }
    for reissue in &acts.reissues {
        all.push((reissue.day, of(Some(reissue.conferral), reissued(visit, reissue))));
    }
    all.sort_by_key(|(day, _)| *day);
    all.into_iter().map(|(_, told)| told).collect()
}

/// How words of a line are to be read; empty where they stand as printed.
pub fn read_as(visit: &Visit, acts: &Acts, line: Uuid) -> String {
    let of = acts.amendments.iter().filter(|it| it.conferral == Some(line));
    let after: Vec<&str> = of.filter_map(|it| it.after.as_deref()).collect();
    if after.is_empty() {
        return String::new();
    }
    visit.language.text_with("decision-read-as", &[("after", &after.join("; "))])
}

/// The page of a line, from the page of its decision.
pub fn open_href(line: &Conferral) -> String {
    format!("dong/{}", line.id.simple())
}

fn ended(visit: &Visit, end: &End) -> Vec<(rules::facts::Day, String)> {
    let language = visit.language;
    let what = match end.end.kind {
        EndKind::ThuHoi => visit.t("act-revoke-withdraw"),
        EndKind::HuyBo | EndKind::SuaDoi => visit.t("act-revoke-annul"),
    };
    let mut told = vec![(
        end.end.day,
        language.text_with(
            "decision-act-revoked",
            &[
                ("what", &what),
                ("day", &language.day(end.end.day)),
                ("document", &end.end.document),
                ("reason", &end.end.reason),
            ],
        ),
    )];
    if let Some(back) = &end.restored {
        let document = document::told(&back.document, &back.issuer, back.successor_of.as_deref());
        let words: [(&str, &dyn crate::language::Word); 3] =
            [("day", &language.day(back.day)), ("document", &document), ("reason", &back.reason)];
        told.push((back.day, language.text_with("decision-act-restored", &words)));
    }
    told
}

fn amended(visit: &Visit, amendment: &NewAmendment) -> String {
    let language = visit.language;
    let document = document::told(&amendment.document, &amendment.issuer, amendment.successor_of.as_deref());
    let Some(field) = amendment.field else {
        let day = language.day(amendment.from_day);
        return language.text_with("decision-act-replaced", &[("day", &day), ("document", &document)]);
    };
    let key = match amendment.kind {
        AmendmentKind::DinhChinh => "decision-act-mended",
        AmendmentKind::SuaDoi => "decision-act-amended",
    };
    let (before, after) = (amendment.before.clone().unwrap_or_default(), amendment.after.clone().unwrap_or_default());
    let words: [(&str, &dyn crate::language::Word); 5] = [
        ("part", &choices::amended_name(language, field)),
        ("before", &before),
        ("after", &after),
        ("document", &document),
        ("day", &language.day(amendment.day)),
    ];
    language.text_with(key, &words)
}

fn reissued(visit: &Visit, reissue: &NewReissue) -> String {
    let language = visit.language;
    let document = document::told(&reissue.document, &reissue.issuer, reissue.successor_of.as_deref());
    let certificate = reissue.certificate.clone().unwrap_or_else(|| "–".to_owned());
    let words: [(&str, &dyn crate::language::Word); 4] = [
        ("what", &choices::reissue_name(language, reissue.kind)),
        ("day", &language.day(reissue.day)),
        ("document", &document),
        ("certificate", &certificate),
    ];
    language.text_with("decision-act-reissued", &words)
}
