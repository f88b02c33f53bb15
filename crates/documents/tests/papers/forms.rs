//! Every form prints its sample; what is missing or wrong is named.

use documents::block::Paper;
use documents::form::Form;
use serde_json::json;

/// Every form with its sample.
pub fn samples() -> Vec<(&'static str, Paper)> {
    let mut names = Form::names();
    names.sort_unstable();
    let paper = |name| Form::built_in(name)?.fill(&Form::sample(name)?);
    names.into_iter().map(|name| (name, paper(name).unwrap_or_else(|flaw| panic!("{}", flaw.0)))).collect()
}

#[test]
fn every_form_has_a_sample() {
    let names: Vec<&str> = samples().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["bao-cao-giai-doan", "ly-lich-khen-thuong", "quyet-dinh-khen-thuong", "thu-tra-loi"]);
}

#[test]
fn a_missing_value_is_named() {
    let form = Form::built_in("quyet-dinh-khen-thuong").expect("the form is there");
    let mut data = Form::sample("quyet-dinh-khen-thuong").expect("the sample is there");
    data.as_object_mut().expect("a sample is a table").remove("issuer");
    let flaw = form.fill(&data).expect_err("the issuer is missing");
    assert_eq!(flaw.0, "quyet-dinh-khen-thuong: the data hold no issuer");
}

#[test]
fn a_wrong_block_is_named() {
    let form = Form::read("x", "language = 'vi'\ntitle = 't'\n[[blocks]]\nblock = 'paragraf'\ntext = 'a'")
        .expect("it is TOML");
    let flaw = form.fill(&json!({ "day": "2021-01-05" })).expect_err("there is no such block");
    assert!(flaw.0.starts_with("x: unknown variant `paragraf`"), "{}", flaw.0);
}

#[test]
fn data_are_never_markup() {
    let form = Form::read("x", "language = 'vi'\ntitle = 't'\n[[blocks]]\nblock = 'paragraph'\ntext = '{said}'")
        .expect("it is TOML");
    let said = "#panic[*đậm*] {issuer} $x$ <b>&amp; \\ _a_";
    let paper = form.fill(&json!({ "day": "2021-01-05", "said": said })).expect("it can be filled");
    assert_eq!(paper.texts(), [said]);
}
