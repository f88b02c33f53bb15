//! Every address of the program: who may call it, and what stands in the menu.

use std::any::Any;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use store::words::Role;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::error::{Error, Refusal};
use crate::imports::receiving;
use crate::pages::{
    account, account_link, accounts, attachment, awaiting, award, backups, coverage, decision, decisions, draft,
    drafts, factor_rule, first, home, import, imports, journal, language, law, my_account, my_factor, new_household,
    new_person, path, people, period, person, prospects, record, regulation, regulations, reorganisation, reports,
    role, security_log, sign_in, sign_in_code, texts, transfer, unit, unit_order, units, what_if, why, yearly_grades,
};
use crate::register::KEEPERS;
use crate::state::App;
use crate::visit::{self, Visit};
use crate::{assets, guard, health, metrics};

/// Every page, in the order of the menu within each group.
pub const ROUTES: &[Route] = &[
    // Anyone.
    anyone("/dang-nhap", || get(sign_in::show).post(sign_in::enter)),
    anyone("/dang-nhap/minh-hoa", || post(sign_in::enter_as)),
    anyone("/dang-nhap/ma", || get(sign_in_code::show).post(sign_in_code::enter)),
    anyone("/duong-dan/{token}", || get(account_link::show).post(account_link::set)),
    anyone("/khoi-tao/{token}", || get(first::show).post(first::found)),
    anyone("/ngon-ngu/{code}", || get(language::switch)),
    // Everyone signed in, or those who see a unit or the whole office.
    signed_in("/", || get(home::show)).menu("menu-home", "home"),
    signed_in("/quyet-dinh", || get(decisions::show)).menu("menu-decisions", "certificate"),
    signed_in("/quyet-dinh/tep/{format}", || get(decisions::file::show)),
    of_roles("/quyet-dinh/du-thao", KEEPERS, || get(drafts::show).post(drafts::begin)),
    of_roles("/quyet-dinh/du-thao/{id}", KEEPERS, || get(draft::show).post(draft::save)),
    of_roles("/quyet-dinh/du-thao/{id}/tim", KEEPERS, || get(draft::find)),
    of_roles("/quyet-dinh/du-thao/{id}/dong/{line}", KEEPERS, || get(draft::line::show).post(draft::line::save)),
    signed_in("/quyet-dinh/{id}", || get(decision::show)),
    signed_in("/quyet-dinh/{id}/tep/{format}", || get(decision::file::show)),
    of_roles("/quyet-dinh/{id}/sua", KEEPERS, || get(decision::mend::show).post(decision::mend::save)),
    of_roles("/quyet-dinh/{id}/them-dong", KEEPERS, || get(decision::missing::show).post(decision::missing::save)),
    of_roles("/quyet-dinh/{id}/viec/{act}", KEEPERS, || get(decision::act::show).post(decision::act::save)),
    of_roles("/quyet-dinh/dong/{id}", KEEPERS, || get(decision::line::show).post(decision::line::save)),
    of_roles("/dinh-kem/{noun}/{record}", KEEPERS, || {
        post(attachment::attach).layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
    }),
    signed_in("/tep/{id}", || get(attachment::open)),
    signed_in("/ca-nhan", || get(people::show)).menu("menu-people", "users"),
    signed_in("/ca-nhan/tep/{format}", || get(people::file::show)),
    of_roles("/ca-nhan/ho-gia-dinh/moi", WRITERS, || get(new_household::show).post(new_household::enter)),
    of_roles("/ca-nhan/moi", WRITERS, || get(new_person::show).post(new_person::enter)),
    signed_in("/ca-nhan/{id}", || get(person::show)),
    signed_in("/ca-nhan/{id}/ho-so", || get(record::listing::of_person)),
    signed_in("/ca-nhan/{id}/lich-su", || get(record::history::of_person)),
    of_roles("/ca-nhan/{id}/ghi/{kind}", WRITERS, || get(record::of_person).post(record::enter_of_person)),
    of_roles("/ca-nhan/{id}/dieu-dong", KEEPERS, || get(transfer::show).post(transfer::enter)),
    signed_in("/ca-nhan/{id}/tep/{format}", || get(person::file::show)),
    of_roles("/tap-the", REPORTERS, || get(units::show)).menu("menu-units", "building-community"),
    of_roles("/tap-the/tep/{format}", REPORTERS, || get(units::file::show)),
    of_roles("/tap-the/moi", KEEPERS, || get(unit_order::blank).post(unit_order::create)),
    of_roles("/tap-the/sap-xep", KEEPERS, || get(reorganisation::show).post(reorganisation::enter)),
    of_roles("/tap-the/{id}", REPORTERS, || get(unit::show)),
    of_roles("/tap-the/{id}/ho-so", REPORTERS, || get(record::listing::of_unit)),
    of_roles("/tap-the/{id}/lich-su", REPORTERS, || get(record::history::of_unit)),
    of_roles("/tap-the/{id}/ghi/{kind}", WRITERS, || get(record::of_unit).post(record::enter_of_unit)),
    of_roles("/tap-the/{id}/doi", KEEPERS, || get(unit_order::renaming).post(unit_order::rename)),
    of_roles("/tap-the/{id}/giai-the", KEEPERS, || get(unit_order::closing).post(unit_order::close)),
    of_roles("/tap-the/{id}/xep-loai", WRITERS, || get(yearly_grades::show).post(yearly_grades::enter)),
    of_roles("/ban-ghi/{kind}/{id}/sua", WRITERS, || get(record::correction).post(record::correct)),
    of_roles("/ban-ghi/{kind}/{id}/ket-thuc", WRITERS, || get(record::change::ending).post(record::change::end)),
    of_roles("/ban-ghi/{kind}/{id}/xoa", WRITERS, || get(record::change::removal).post(record::change::remove)),
    signed_in("/ban-ghi/{kind}/{id}/lich-su", || get(record::history::of_record)),
    of_roles("/de-nghi", REPORTERS, || get(prospects::show)).menu("menu-prospects", "award"),
    of_roles("/de-nghi/dung", REPORTERS, || post(prospects::cancel)),
    of_roles("/de-nghi/tep/{format}", REPORTERS, || get(prospects::file::all)),
    of_roles("/de-nghi/{kind}/{award}", REPORTERS, || get(prospects::honour::show)),
    of_roles("/de-nghi/{kind}/{award}/tep/{format}", REPORTERS, || get(prospects::file::honour)),
    of_roles("/thu-quy-dinh", what_if::READERS, || get(what_if::show).post(what_if::ask)),
    of_roles("/thu-quy-dinh/tep", what_if::READERS, || post(what_if::file)),
    of_roles("/bao-cao", REPORTERS, || get(reports::show)).menu("menu-reports", "chart-bar"),
    of_roles("/bao-cao/giai-doan", REPORTERS, || get(period::show)),
    of_roles("/bao-cao/giai-doan/tep/{format}", REPORTERS, || get(period::file::show)),
    of_roles("/bao-cao/giai-doan/{period}/{unit}/{cell}", REPORTERS, || get(period::lines::show)),
    of_roles("/nhap-du-lieu", IMPORTERS, || {
        get(imports::show).post(imports::receive).layer(DefaultBodyLimit::max(LARGEST_IMPORT))
    })
    .menu("menu-import", "upload"),
    of_roles("/nhap-du-lieu/{id}", IMPORTERS, || get(import::show)),
    of_roles("/nhap-du-lieu/{id}/doc", IMPORTERS, || post(import::read)),
    of_roles("/nhap-du-lieu/{id}/doc-lai", IMPORTERS, || post(import::read_again)),
    of_roles("/nhap-du-lieu/{id}/dong/{n}", IMPORTERS, || post(import::decide)),
    of_roles("/nhap-du-lieu/{id}/khop", IMPORTERS, || post(import::match_all)),
    of_roles("/nhap-du-lieu/{id}/xac-nhan", IMPORTERS, || get(import::confirming).post(import::confirm)),
    of_roles("/nhap-du-lieu/{id}/dung", IMPORTERS, || post(import::stop)),
    of_roles("/nhap-du-lieu/{id}/bo", IMPORTERS, || post(import::leave)),
    of_roles("/nhap-du-lieu/{id}/hoan-tac", IMPORTERS, || post(import::undo)),
    of_roles("/nhap-du-lieu/{id}/tep", IMPORTERS, || get(import::give_back)),
    signed_in("/danh-muc", || get(law::show)).menu("menu-law", "book-2"),
    signed_in("/danh-muc/{award}", || get(award::show)),
    signed_in("/van-ban", || get(texts::show)),
    signed_in("/do-phu", || get(coverage::show)),
    signed_in("/cho-van-ban", || get(awaiting::show)),
    signed_in("/quy-che", || get(regulations::show)),
    of_roles("/quy-che/moi", WRITERS, || get(regulation::fresh::show).post(regulation::fresh::begin)),
    of_roles("/quy-che/du-thao/{id}", WRITERS, || get(regulation::draft::show).post(regulation::draft::save)),
    of_roles("/quy-che/du-thao/{id}/them", WRITERS, || get(regulation::add::show).post(regulation::add::save)),
    of_roles("/quy-che/du-thao/{id}/anh-huong", WRITERS, || {
        get(regulation::impact::of_draft).post(regulation::impact::ask_of_draft)
    }),
    signed_in("/quy-che/theo-ma/{code}", || get(regulation::by_code)),
    signed_in("/quy-che/{id}", || get(regulation::show)),
    of_roles("/quy-che/{id}/viec", regulation::DECIDERS, || post(regulation::act)),
    of_roles("/quy-che/{id}/anh-huong", PREVIEWERS, || {
        get(regulation::impact::of_submission).post(regulation::impact::ask_of_submission)
    }),
    signed_in("/can-cu/ca-nhan/{id}/{award}", || get(why::person)),
    signed_in("/can-cu/tap-the/{id}/{award}", || get(why::collective)),
    signed_in("/duong-di/ca-nhan/{id}/{award}", || get(path::person)),
    signed_in("/duong-di/tap-the/{id}/{award}", || get(path::collective)),
    of_roles("/nhat-ky", JOURNAL_READERS, || get(journal::show)).menu("menu-journal", "history"),
    of_roles("/nhat-ky/khoa", JOURNAL_READERS, || get(journal::key)),
    of_roles("/nhat-ky/moc", JOURNAL_READERS, || get(journal::checkpoint)),
    of_roles("/nhat-ky/kiem-tra", JOURNAL_READERS, || post(journal::verify)),
    of_roles("/nhat-ky/{n}", JOURNAL_READERS, || get(journal::leaf::show)),
    of_roles("/nhat-ky/{n}/bang-chung", JOURNAL_READERS, || get(journal::leaf::proof)),
    signed_in("/tai-khoan", || get(my_account::show)),
    signed_in("/tai-khoan/viec", || post(my_account::act)),
    signed_in("/tai-khoan/ma", || get(my_factor::show).post(my_factor::take)),
    of_roles("/quan-tri/tai-khoan", ACCOUNT_READERS, || get(accounts::show)).menu("menu-accounts", "user-shield"),
    of_roles("/quan-tri/tai-khoan/moi", ADMINISTRATOR, || get(accounts::fresh::show).post(accounts::fresh::open)),
    of_roles("/quan-tri/tai-khoan/{id}", ACCOUNT_READERS, || get(account::show)),
    of_roles("/quan-tri/tai-khoan/{id}/viec", ADMINISTRATOR, || post(account::acts::act)),
    of_roles("/quan-tri/hai-lop", ADMINISTRATOR, || get(factor_rule::show).post(factor_rule::set)),
    of_roles("/quan-tri/nhat-ky", ACCOUNT_READERS, || get(security_log::show)).menu("menu-security", "shield"),
    signed_in("/can-cu/ca-nhan/{id}/{award}/tep/{format}", || get(why::file::person)),
    signed_in("/can-cu/tap-the/{id}/{award}/tep/{format}", || get(why::file::collective)),
    of_roles("/quan-tri/sao-luu", backups::READERS, || get(backups::show).post(backups::ask))
        .menu("menu-backups", "download"),
    of_roles("/quan-tri/sao-luu/{file}", ADMINISTRATOR, || get(backups::take)),
    signed_in("/vai", || get(role::show).post(role::take)),
    signed_in("/dang-xuat", || post(sign_in::leave)),
];

/// A file of the largest size with the fields round it.
const LARGEST_UPLOAD: usize = crate::files::LARGEST as usize + (64 << 10);

/// Everyone but the employee, who sees one record and counts nothing.
const REPORTERS: &[Role] = &[
    Role::Clerk,
    Role::Head,
    Role::Officer,
    Role::CouncilSecretary,
    Role::CouncilMember,
    Role::DecidingAuthority,
    Role::Auditor,
    Role::Administrator,
];

/// Those who answer for the records and those who check them.
const JOURNAL_READERS: &[Role] = &[Role::Officer, Role::Auditor, Role::Administrator];

/// Those who enter records by form: of the whole office or of their unit.
const WRITERS: &[Role] = &[Role::Clerk, Role::Head, Role::Officer, Role::CouncilSecretary, Role::Administrator];

/// Those who write regulations of the whole office and those who confirm them.
const PREVIEWERS: &[Role] = &[Role::Officer, Role::CouncilSecretary, Role::DecidingAuthority, Role::Administrator];

/// A list of the largest size with the fields round it.
const LARGEST_IMPORT: usize = (receiving::LARGEST + (1 << 20)) as usize;
/// Those who bring files in; which kinds of rows, is the business of `store::access`.
const IMPORTERS: &[Role] = &[Role::Clerk, Role::Officer, Role::CouncilSecretary, Role::Administrator];

/// Those who read accounts and the security log.
const ACCOUNT_READERS: &[Role] = &[Role::Administrator, Role::Auditor];
const ADMINISTRATOR: &[Role] = &[Role::Administrator];
/// What one may do who must take a second factor first.
const WITHOUT_FACTOR: &[&str] = &["/tai-khoan/ma", "/dang-xuat"];

/// One address of the program.
#[derive(Clone, Copy)]
pub struct Route {
    pub path: &'static str,
    pub who: Who,
    pub entry: Option<Entry>,
    handlers: fn() -> MethodRouter<App>,
}

/// Who may call an address; which records they then see is the business of `store::access`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    SignedIn,
    Roles(&'static [Role]),
}

/// A line of the menu: its address, the key of its text and its icon.
///
/// Two more texts go with the key: `-short` for the bottom bar of a phone, `-about` for what the home page says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub path: &'static str,
    pub key: &'static str,
    pub icon: &'static str,
}

impl Route {
    /// Puts the page into the menu of those who may call it.
    pub const fn menu(mut self, key: &'static str, icon: &'static str) -> Self {
        self.entry = Some(Entry { path: self.path, key, icon });
        self
    }
}

impl Entry {
    /// The key of the word under the icon in the bottom bar of a phone.
    pub fn short_key(&self) -> String {
        format!("{}-short", self.key)
    }

    /// The key of what the home page says of it.
    pub fn about_key(&self) -> String {
        format!("{}-about", self.key)
    }
}

impl Who {
    /// Whether a person in this role may call.
    pub fn includes(self, role: Role) -> bool {
        match self {
            Self::Anyone | Self::SignedIn => true,
            Self::Roles(roles) => roles.contains(&role),
        }
    }
}

/// The lines of the menu that a role sees.
pub fn menu(role: Role) -> Vec<Entry> {
    ROUTES.iter().filter(|route| route.who.includes(role)).filter_map(|route| route.entry).collect()
}

/// The whole program as one service.
pub fn router(app: App) -> Router {
    let pages = ROUTES.iter().fold(Router::new(), |pages, route| pages.route(route.path, guarded(route)));
    pages
        .fallback(|| async { Error::NotFound })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(guard::forms))
        .layer(middleware::from_fn_with_state(app.clone(), visit::begin))
        .layer(CompressionLayer::new())
        .route("/assets/{hash}/{name}", get(assets::show))
        .layer(middleware::from_fn_with_state(app.clone(), guard::headers))
        .layer(middleware::from_fn_with_state(app.clone(), guard::measured))
        // Asked by machines, neither counted nor logged.
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
        .with_state(app)
}

const fn anyone(path: &'static str, handlers: fn() -> MethodRouter<App>) -> Route {
    Route { path, who: Who::Anyone, entry: None, handlers }
}

const fn signed_in(path: &'static str, handlers: fn() -> MethodRouter<App>) -> Route {
    Route { path, who: Who::SignedIn, entry: None, handlers }
}

const fn of_roles(path: &'static str, roles: &'static [Role], handlers: fn() -> MethodRouter<App>) -> Route {
    Route { path, who: Who::Roles(roles), entry: None, handlers }
}

/// The handlers of a route behind the question who may call it, which also stands before a wrong method.
fn guarded(route: &Route) -> MethodRouter<App> {
    let who = route.who;
    (route.handlers)().layer(middleware::from_fn(move |visit, request, next| admit(who, visit, request, next)))
}

async fn admit(who: Who, visit: Visit, request: Request, next: Next) -> Response {
    match (who, &visit.signed_in) {
        (Who::Anyone, _) => next.run(request).await,
        (_, None) => Error::SignIn.into_response(),
        (_, Some(signed_in)) if signed_in.must_enrol && !WITHOUT_FACTOR.contains(&visit.path.as_str()) => {
            Redirect::to("/tai-khoan/ma").into_response()
        }
        (_, Some(signed_in)) if who.includes(signed_in.viewer.role) => next.run(request).await,
        (_, Some(_)) => Error::Forbidden(Refusal::Role).into_response(),
    }
}

/// A page that panicked is our own fault and told as such; the panic itself is on standard error.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Error::Internal("a page panicked".to_owned()).into_response()
}
