//! Templates keep to the content policy, and every icon that is named is in the sprite.

use app::assets;
use app::router::ROUTES;
use app::session::role_icon;
use store::words::ROLES;

use crate::tree::{quoted_after, sources};

#[test]
fn no_template_carries_styles_or_scripts_of_its_own() {
    let marks = [
        " style=",
        "<style",
        "<script>",
        "javascript:",
        " onclick=",
        " onchange=",
        " onsubmit=",
        " onload=",
        " oninput=",
        "hx-on",
    ];
    let mut found = Vec::new();
    for file in sources("crates/app/src/pages", &[".html"]) {
        let held = marks.iter().filter(|mark| file.text.contains(*mark));
        found.extend(held.map(|mark| format!("{}:{mark}", file.path)));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_icon_that_is_named_is_in_the_sprite() {
    let sprite = assets::icons();
    let mut named: Vec<(String, String)> = Vec::new();
    for file in sources("crates/app/src", &[".html", ".rs"]) {
        named.extend(quoted_after(&file.text, "icon(\"").into_iter().map(|id| (file.path.clone(), id.to_owned())));
    }
    let menu = ROUTES.iter().filter_map(|route| route.entry).map(|entry| entry.icon);
    named.extend(menu.chain(ROLES.map(role_icon)).map(|id| ("router and session".to_owned(), id.to_owned())));
    named.retain(|(_, id)| !sprite.contains(&id.as_str()));
    assert_eq!(named, Vec::<(String, String)>::new());
}
