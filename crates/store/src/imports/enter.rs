//! The records that the rows of a chunk become.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use rules::facts::{Day, Scope, Sort};
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::imports::Kind;
use crate::imports::existing::{self, Subject};
use crate::imports::files::ImportFile;
use crate::imports::rows::ImportRow;
use crate::imports::stage::{json, said, subject};
use crate::imports::values::Values;
use crate::matching::units::{Named, UnitIndex};
use crate::matching::{self, Born, Sought};
use crate::records::{
    NewConferral, NewDecision, NewDiscipline, NewGrade, NewHousehold, NewIdentity, NewInitiative, NewMembership,
    NewPerson, NewPost, NewUnit, NewUnitName,
};
use crate::sql::Sql;
use crate::step::Step;
use crate::words::{Certainty, MembershipKind, PostForm, PostLevel, PostSide};

/// What the chunks of one file know of each other.
pub(crate) struct Entering {
    office: i32,
    kind: Kind,
    units: UnitIndex,
    /// The day from which things hold of which the file gives no day.
    today: Day,
    pub illustrative: bool,
    /// People that this file brought, by what its rows say of them.
    new_people: HashMap<String, Uuid>,
    created: HashSet<Uuid>,
    decisions: HashMap<DecisionKey, (Uuid, Day)>,
    /// The last place on the list of each decision, and among the units of the office.
    positions: HashMap<Uuid, i32>,
    /// What the rows so far said of whom, so that two rows decided alike are entered once.
    said: HashSet<u64>,
    pub late: Vec<Late>,
}

/// A row that someone else had entered since it was looked at.
pub(crate) struct Late {
    pub n: i64,
    pub existing: Option<String>,
}

/// Issuer, symbol, number and year.
type DecisionKey = (String, String, String, i32);

/// Where a person stood on the day of a decision.
#[derive(Default)]
struct Standing {
    stays: Vec<(Uuid, Day, Option<Day>)>,
    /// The membership that has no last day.
    open_stay: Option<Uuid>,
    levels: Vec<(PostLevel, Day, Option<Day>)>,
}

impl Entering {
    pub async fn begin(store: &Store, office: i32, file: &ImportFile, today: Day) -> Result<Self, StoreError> {
        Ok(Self {
            office,
            kind: file.kind,
            units: UnitIndex::load(store, office).await?,
            today,
            illustrative: false,
            new_people: HashMap::new(),
            created: HashSet::new(),
            decisions: HashMap::new(),
            positions: HashMap::new(),
            said: HashSet::new(),
            late: Vec::new(),
        })
    }

    /// Adds the records of a chunk to the step; the number of statements does not depend on its rows.
    pub async fn chunk(&mut self, step: &mut Step, rows: Vec<ImportRow>) -> Result<(), StoreError> {
        let rows = self.still_new(step, rows).await?;
        self.learn_decisions(step, &rows).await?;
        let standing = self.standing(step, &rows).await?;
        for row in rows {
            match self.kind {
                Kind::Units => self.unit(step, &row.values)?,
                _ => self.fact(step, &row, &standing).await?,
            }
        }
        Ok(())
    }

    /// Leaves out what someone else has entered since the rows were looked at.
    async fn still_new(&mut self, step: &Step, rows: Vec<ImportRow>) -> Result<Vec<ImportRow>, StoreError> {
        let known: Vec<(usize, Subject)> =
            rows.iter().enumerate().filter_map(|(n, row)| Some((n, subject(self.kind, row)?))).collect();
        let wanted: Vec<(Subject, &Values)> = known.iter().map(|(n, subject)| (*subject, &rows[*n].values)).collect();
        let found = existing::find(step.connection(), self.office, self.kind, &wanted).await?;
        let mut late: HashMap<usize, Option<String>> = HashMap::new();
        for (n, existing) in found {
            let place = known[n].0;
            if !rows[place].correct {
                late.insert(place, Some(json(&existing)));
            }
        }
        for (n, row) in rows.iter().enumerate() {
            if !self.said.insert(said(self.kind, row)) {
                late.insert(n, None);
            }
        }
        // A person whom nobody knew may be known by now; those of this file itself do not count.
        let unknown: Vec<usize> = (0..rows.len())
            .filter(|n| rows[*n].person.is_none() && rows[*n].values.of_person(self.kind))
            .filter(|n| rows[*n].candidates.is_empty())
            .collect();
        let sought: Vec<Sought> = unknown.iter().map(|n| rows[*n].values.sought(self.kind)).collect();
        let matched = matching::people(step.connection(), self.office, &self.units, &sought).await?;
        for (n, matched) in unknown.into_iter().zip(matched) {
            if matched.candidates.iter().any(|candidate| !self.created.contains(&candidate.person)) {
                late.insert(n, None);
            }
        }
        self.late.extend(late.iter().map(|(n, existing)| Late { n: rows[*n].n, existing: existing.clone() }));
        Ok(rows.into_iter().enumerate().filter(|(n, _)| !late.contains_key(n)).map(|(_, row)| row).collect())
    }

    fn unit(&mut self, step: &mut Step, values: &Values) -> Result<(), StoreError> {
        let named = |text: &String| match self.units.find(text, None) {
            Named::One(unit) => Some(unit),
            Named::Several | Named::Nothing => None,
        };
        let parent = values.unit_id.or_else(|| values.parent.as_ref().and_then(named));
        let kind = values.unit_kind.clone().unwrap_or_else(|| "don-vi".to_owned());
        let unit = step.add(NewUnit { id: step.id(), kind, fictitious: self.illustrative })?;
        let name = values.name.clone().unwrap_or_default();
        let code = values.code.clone().unwrap_or_else(|| initials(&name));
        let from_day = values.from.unwrap_or(self.today);
        self.units.add(unit, &name, &code, from_day, values.to);
        let position = self.positions.entry(Uuid::nil()).or_insert(0);
        *position += 1;
        step.add(NewUnitName {
            id: step.id(),
            unit,
            name,
            name_en: None,
            code,
            parent,
            cluster: None,
            position: *position,
            basis: values.summary.clone(),
            certainty: if self.illustrative { Certainty::MinhHoa } else { Certainty::CanDoiChieu },
            from_day,
            to_day: values.to,
        })?;
        Ok(())
    }

    async fn fact(
        &mut self,
        step: &mut Step,
        row: &ImportRow,
        standing: &HashMap<Uuid, Standing>,
    ) -> Result<(), StoreError> {
        let values = &row.values;
        let person = match (row.person, values.of_person(self.kind)) {
            (Some(person), _) => Some(person),
            (None, true) => Some(self.person(step, values)?),
            (None, false) => None,
        };
        let collective = if person.is_none() { values.unit_id } else { None };
        match self.kind {
            Kind::People | Kind::Units => {}
            Kind::Posts => self.post(step, person.ok_or(StoreError::NotFound)?, values, standing)?,
            Kind::Grades => grade(step, row, person, collective).await?,
            Kind::Awards => self.conferral(step, person, collective, values, standing)?,
            Kind::Initiatives => {
                step.add(NewInitiative {
                    id: step.id(),
                    person,
                    collective,
                    name: values.name.clone().unwrap_or_default(),
                    sort: values.sort.unwrap_or(Sort::SangKien),
                    scope: values.scope.unwrap_or(Scope::CoSo),
                    year: values.year.unwrap_or_default(),
                    decided: values.decided,
                    number: printed(values),
                })?;
            }
            Kind::Disciplines => {
                step.add(NewDiscipline {
                    id: step.id(),
                    person,
                    collective,
                    kind: values.discipline.ok_or(StoreError::NotFound)?,
                    number: printed(values),
                    from_day: values.from.unwrap_or(self.today),
                    to_day: values.to,
                })?;
            }
        }
        Ok(())
    }

    /// The new person of a row; rows that speak of the same one share it.
    fn person(&mut self, step: &mut Step, values: &Values) -> Result<Uuid, StoreError> {
        let key = values.person_key();
        if let Some(person) = self.new_people.get(&key) {
            return Ok(*person);
        }
        let born = match values.born {
            Some(Born::Day(day)) => Some(day),
            Some(Born::Year(_)) | None => None,
        };
        let person = step.add(NewPerson {
            id: step.id(),
            full_name: values.full_name.clone().unwrap_or_default(),
            sex: values.sex,
            born,
            recruited: values.recruited,
            staff_group: values.staff_group,
            fictitious: self.illustrative,
            quotation: None,
            excluded_from_roster: values.household,
        })?;
        if values.household {
            step.add(NewHousehold { id: step.id(), person, address: None })?;
        }
        self.new_people.insert(key, person);
        self.created.insert(person);
        for number in &values.numbers {
            let (sealed, lookup) = (number.sealed.clone(), number.lookup.clone());
            step.add(NewIdentity { id: step.id(), person, kind: number.kind, sealed, lookup })?;
        }
        let from_day = self.since(values);
        if let Some(unit) = values.unit_id {
            let kind = MembershipKind::Chinh;
            step.add(NewMembership { id: step.id(), person, unit, review_unit: unit, kind, from_day, to_day: None })?;
        }
        if self.kind == Kind::People && values.post.is_some() && !values.household {
            add_post(step, person, values.unit_id, values, from_day)?;
        }
        Ok(person)
    }

    /// Since when a new person sits in the unit: as the file says, else from recruitment, else from the year it speaks of.
    fn since(&self, values: &Values) -> Day {
        let of_year = |year: i32| Day::from_ymd_opt(year, 1, 1);
        let given = if self.kind == Kind::Disciplines { None } else { values.from };
        given.or(values.recruited).or(values.year.and_then(of_year)).or(values.decided).unwrap_or(self.today)
    }

    /// A post, and the move to its unit where the person sat in another.
    fn post(
        &self,
        step: &mut Step,
        person: Uuid,
        values: &Values,
        standing: &HashMap<Uuid, Standing>,
    ) -> Result<(), StoreError> {
        let from = values.from.unwrap_or(self.today);
        let stays = standing.get(&person).map(|standing| standing.stays.as_slice()).unwrap_or_default();
        let there = |(unit, begun, ended): &&(Uuid, Day, Option<Day>)| {
            Some(*unit) == values.unit_id && *begun <= from && ended.is_none_or(|ended| from <= ended)
        };
        if let Some(unit) = values.unit_id.filter(|_| !stays.is_empty() && !stays.iter().any(|stay| there(&stay))) {
            if let Some((_, begun, _)) = stays.iter().find(|(_, _, ended)| ended.is_none()) {
                let last = from.pred_opt().filter(|last| last >= begun).ok_or_else(|| {
                    StoreError::Refused(format!("{}: {from}", values.full_name.as_deref().unwrap_or_default()))
                })?;
                self.end_stay(step, person, last, standing)?;
            }
            let kind = MembershipKind::Chinh;
            step.add(NewMembership {
                id: step.id(),
                person,
                unit,
                review_unit: unit,
                kind,
                from_day: from,
                to_day: values.to,
            })?;
        }
        match values.post {
            Some(_) => add_post(step, person, values.unit_id, values, from),
            None => Ok(()),
        }
    }

    fn end_stay(
        &self,
        step: &mut Step,
        person: Uuid,
        last: Day,
        standing: &HashMap<Uuid, Standing>,
    ) -> Result<(), StoreError> {
        let open = standing.get(&person).and_then(|standing| standing.open_stay);
        step.end::<NewMembership>(open.ok_or(StoreError::NotFound)?, last)?;
        Ok(())
    }

    fn conferral(
        &mut self,
        step: &mut Step,
        person: Option<Uuid>,
        collective: Option<Uuid>,
        values: &Values,
        standing: &HashMap<Uuid, Standing>,
    ) -> Result<(), StoreError> {
        let decided = values.decided.unwrap_or(self.today);
        let key = decision_key(values, decided);
        let decision = match self.decisions.get(&key) {
            Some((id, day)) if *day == decided => *id,
            Some((_, day)) => {
                return Err(StoreError::Refused(format!("{}/{}: {day}, {decided}", key.2, key.1)));
            }
            None => self.decision(step, values, key, decided)?,
        };
        let stood = person.and_then(|person| standing.get(&person));
        let then = |from: &Day, to: &Option<Day>| *from <= decided && to.is_none_or(|to| decided <= to);
        let unit = stood.and_then(|stood| stood.stays.iter().find(|(_, from, to)| then(from, to))).map(|stay| stay.0);
        let level =
            stood.and_then(|stood| stood.levels.iter().filter(|(_, from, to)| then(from, to)).map(|l| l.0).min());
        let position = self.positions.entry(decision).or_insert(0);
        *position += 1;
        step.add(NewConferral {
            id: step.id(),
            decision,
            decided,
            person,
            collective,
            award: values.award.clone().unwrap_or_default(),
            title_year: values.year.filter(|_| values.for_a_year),
            period_from: None,
            period_to: None,
            kind: None,
            post_printed: values.post.clone(),
            level: person.filter(|_| !values.household).map(|_| values.level.or(level).unwrap_or(PostLevel::TrucTiep)),
            unit: collective.or(values.unit_id).or(unit),
            unit_printed: values.unit.clone(),
            position: *position,
            own_body: true,
        })?;
        Ok(())
    }

    fn decision(&mut self, step: &mut Step, values: &Values, key: DecisionKey, day: Day) -> Result<Uuid, StoreError> {
        let (issuer, symbol, number, year) = key.clone();
        let id = step.add(NewDecision {
            id: step.id(),
            authority: values.authority.clone().or_else(|| values.issuer.clone()).unwrap_or_else(|| issuer.clone()),
            issuer,
            symbol,
            number,
            year,
            day,
            summary: values.summary.clone().unwrap_or_default(),
            series: None,
            illustrative: self.illustrative,
            signer: values.signer.clone(),
        })?;
        self.decisions.insert(key, (id, day));
        Ok(id)
    }

    /// Learns which decisions of a chunk are in the records, with the last place on the list of each.
    async fn learn_decisions(&mut self, step: &Step, rows: &[ImportRow]) -> Result<(), StoreError> {
        if self.kind != Kind::Awards {
            return Ok(());
        }
        let numbers: HashSet<&str> = rows.iter().filter_map(|row| row.values.number.as_deref()).collect();
        let mut sql = Sql::new(
            "SELECT d.id, d.issuer, d.symbol, d.number, d.year, d.day, (SELECT coalesce(max(c.position), 0) FROM conferral c \
             WHERE c.office = d.office AND c.decision = d.id) AS last FROM decision d WHERE d.office = ? AND d.number IN ",
            [self.office.into()],
        );
        sql.set(numbers.into_iter().map(Into::into));
        for row in sql.all(step.connection()).await? {
            let id: Uuid = row.get("id")?;
            let key = (row.get("issuer")?, row.get("symbol")?, row.get("number")?, row.get("year")?);
            self.decisions.insert(key, (id, row.get("day")?));
            self.positions.entry(id).or_insert(row.get("last")?);
        }
        Ok(())
    }

    /// Units and posts of the people of a chunk, for what is entered with the unit and level of its day.
    async fn standing(&self, step: &Step, rows: &[ImportRow]) -> Result<HashMap<Uuid, Standing>, StoreError> {
        let mut standing: HashMap<Uuid, Standing> = HashMap::new();
        let people: HashSet<Uuid> = rows.iter().filter_map(|row| row.person).collect();
        if !matches!(self.kind, Kind::Awards | Kind::Posts) || people.is_empty() {
            return Ok(standing);
        }
        let asked = async |select: &str| {
            let mut sql = Sql::new(select, [self.office.into()]);
            sql.set(people.iter().map(|person| (*person).into())).add(" ORDER BY from_day", []);
            sql.all(step.connection()).await
        };
        for row in
            asked("SELECT id, person, unit, from_day, to_day FROM membership WHERE office = ? AND person IN ").await?
        {
            let of = standing.entry(row.get("person")?).or_default();
            let to: Option<Day> = row.get("to_day")?;
            of.stays.push((row.get("unit")?, row.get("from_day")?, to));
            if to.is_none() {
                of.open_stay = Some(row.get("id")?);
            }
        }
        for row in asked("SELECT person, level, from_day, to_day FROM post WHERE office = ? AND person IN ").await? {
            let of = standing.entry(row.get("person")?).or_default();
            of.levels.push((row.word("level")?, row.get("from_day")?, row.get("to_day")?));
        }
        Ok(standing)
    }
}

async fn grade(
    step: &mut Step,
    row: &ImportRow,
    person: Option<Uuid>,
    collective: Option<Uuid>,
) -> Result<(), StoreError> {
    let values = &row.values;
    let corrected = row.existing.as_ref().and_then(|existing| existing.record).filter(|_| row.correct);
    let grade = NewGrade {
        id: corrected.unwrap_or_else(|| step.id()),
        person,
        collective,
        year: values.year.unwrap_or_default(),
        grade: values.grade.ok_or(StoreError::NotFound)?,
        decided: values.decided,
        number: printed(values),
        issuer: values.issuer.clone(),
    };
    match corrected {
        Some(_) => step.correct(grade).await?,
        None => step.add(grade)?,
    };
    Ok(())
}

fn add_post(
    step: &mut Step,
    person: Uuid,
    unit: Option<Uuid>,
    values: &Values,
    from_day: Day,
) -> Result<(), StoreError> {
    step.add(NewPost {
        id: step.id(),
        person,
        unit,
        label: values.post.clone().unwrap_or_default(),
        post: None,
        side: PostSide::ChinhQuyen,
        level: values.level.unwrap_or(PostLevel::TrucTiep),
        form: PostForm::ChinhThuc,
        position: 1,
        from_day,
        to_day: values.to,
    })?;
    Ok(())
}

/// Number and symbol as they are printed together.
fn printed(values: &Values) -> Option<String> {
    let number = values.number.as_ref()?;
    Some(match &values.symbol {
        Some(symbol) => format!("{number}/{symbol}"),
        None => number.clone(),
    })
}

/// The issuer is the last part of the symbol where the file names none, as in `QĐ-VPCP`.
fn decision_key(values: &Values, day: Day) -> DecisionKey {
    let symbol = values.symbol.clone().unwrap_or_default();
    let from_symbol = symbol.rsplit_once('-').map(|(_, issuer)| issuer.to_owned());
    let issuer = values.issuer.clone().or(from_symbol).unwrap_or_default();
    (issuer, symbol, values.number.clone().unwrap_or_default(), day.year())
}

/// The first letters of the words of a name, where a unit comes without its code.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}
