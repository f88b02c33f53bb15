//! Every route as every role: who may not, gets 403; who may, gets a light page without styles of its own.

use app::language::Language;
use app::router::{ROUTES, Who};
use axum::http::StatusCode;

use crate::builders::PEOPLE;
use crate::test_app::TestApp;

/// The largest page before compression.
const HEAVIEST: usize = 40_000;

#[tokio::test]
async fn every_route_admits_the_roles_it_names_and_no_other() {
    let test_app = TestApp::new().await;
    let for_role = Language::Vi.text("error-forbidden-role");
    for (login, _, role, _) in PEOPLE {
        let mut person = test_app.signed_in(login).await;
        for route in ROUTES {
            let seen = person.get(&path(route.path)).await;
            // A record that is not in reach is refused too, but for its unit and not for the role.
            let refused = seen.status == StatusCode::FORBIDDEN && seen.body.contains(&*for_role);
            assert_eq!(refused, !route.who.includes(role), "{} as {role:?}: {}", route.path, seen.status);
            assert!(!seen.status.is_server_error(), "{} as {role:?}: {}", route.path, seen.body);
        }
    }
}

#[tokio::test]
async fn nobody_sees_more_than_the_door_without_signing_in() {
    let test_app = TestApp::new().await;
    let mut guest = test_app.browser();
    for route in ROUTES.iter().filter(|route| route.who != Who::Anyone) {
        let seen = guest.get(&path(route.path)).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", route.path);
        assert_eq!(seen.leads_to().split('?').next(), Some("/dang-nhap"), "{}", route.path);
    }
}

#[tokio::test]
async fn every_page_is_light_and_carries_no_style_of_its_own() {
    let test_app = TestApp::demonstration().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for route in ROUTES {
        let seen = thanh_officer.get(&path(route.path)).await;
        assert!(seen.body.len() <= HEAVIEST, "{}: {} bytes", route.path, seen.body.len());
        assert_eq!(seen.body.matches(" style=").count(), 0, "{}", route.path);
        assert_eq!(seen.body.matches('‹').count(), 0, "{} lacks a text", route.path);
    }
}

#[tokio::test]
async fn the_menu_holds_what_the_role_may_open_and_nothing_else() {
    let test_app = TestApp::new().await;
    for (login, _, role, _) in PEOPLE {
        let mut person = test_app.signed_in(login).await;
        let entries = app::router::menu(role);
        let home = person.get("/").await;
        let labels: Vec<String> = entries.iter().map(|entry| Language::Vi.text(entry.key).into_owned()).collect();
        assert_eq!(home.menu(), labels, "{role:?}");
        for entry in entries {
            assert_eq!(person.get(entry.path).await.status, StatusCode::OK, "{} as {role:?}", entry.path);
        }
    }
}

/// A path with something in the place of each of its names.
fn path(pattern: &str) -> String {
    let parts = pattern
        .split('/')
        .map(|part| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
