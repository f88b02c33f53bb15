//! The laws that are asked: that of the repository, and one rule of three conditions.

use std::fs;
use std::path::Path;

use rules::law::Law;

const TEXTS: &str = r#"
[[document]]
id = "T/1"
vi = "Văn bản"
en = "Text"
mark = "V"
"#;

fn honour(id: &str, rest: &str) -> String {
    format!(
        "id = \"{id}\"\nclass = \"danh-hieu\"\nlevel = \"co-so\"\nsubjects = [\"ca-nhan\"]\norder = 1\ncounted_by = \"nam\"\n\n\
         [[name]]\nfrom = 2000-01-01\nvi = \"{id}\"\nen = \"{id}\"\nsource = {{ document = \"T/1\" }}\nmark = \"V\"\n{rest}"
    )
}

/// Three titles in a row up to now, an initiative in those years, and no measure in them.
pub fn one_rule() -> Law {
    let source = "source = { document = \"T/1\", article = \"1\" }\nmark = \"V\"\n";
    let standard = format!(
        "\n[[standard]]\nid = \"s\"\nsubjects = [\"ca-nhan\"]\nvi = \"s\"\nen = \"s\"\nfrom = 2000-01-01\n\
         tree = {{ all = [\"lien-tuc\", \"sang-kien\", \"ky-luat\"] }}\n\n\
         [standard.leaf.lien-tuc]\ncondition = \"consecutive-titles\"\naward = [\"chien-si-thi-dua-co-so\"]\ncount = 3\n{source}\n\
         [standard.leaf.sang-kien]\ncondition = \"initiatives\"\ncount = 1\nscope = \"co-so\"\nwithin = \"lien-tuc\"\n{source}\n\
         [standard.leaf.ky-luat]\ncondition = \"no-discipline\"\nat_least = \"khien-trach\"\nwithin = \"lien-tuc\"\n{source}"
    );
    let (rule, title) = (honour("mot-quy-tac", &standard), honour("chien-si-thi-dua-co-so", ""));
    let files = [
        ("documents.toml", TEXTS),
        ("awards/mot-quy-tac.toml", rule.as_str()),
        ("awards/chien-si-thi-dua-co-so.toml", title.as_str()),
    ];
    rules::load::load(&files, &[]).expect("a sound law")
}

/// The law of the repository.
pub fn nation() -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../law");
    let mut files = Vec::new();
    for folder in ["", "awards"] {
        for entry in fs::read_dir(root.join(folder)).expect("the law") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let file = path.file_name().expect("a name").to_string_lossy().into_owned();
                let name = if folder.is_empty() { file } else { format!("{folder}/{file}") };
                files.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    rules::load::load(&files, &[]).expect("a sound law")
}
