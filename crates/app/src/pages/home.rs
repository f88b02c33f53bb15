//! The home page: whom it greets, what waits, and the doors to the rest.

use askama::Template;

use crate::frame::Frame;
use crate::router::Entry;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    today: String,
    doors: Vec<Entry>,
}

/// `GET /`.
pub async fn show(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let greeting = visit.language.text_with("home-greeting", &[("name", &signed_in.name)]);
    let frame = visit.frame(greeting);
    let doors = frame.menu.iter().filter(|entry| entry.path != "/").copied().collect();
    visit.page(&HomePage { today: visit.language.weekday(visit.day), frame, doors })
}
