-- Titles of three or more years in a row up to 2025; in those years an initiative and no disciplinary measure.
-- A year is a bit, the last one the lowest; `run & ~(run + 1)` keeps the years in a row up to the last.
with held as (
  select person, {bits:cast(1 as bigint) << (2025 - year)} as years from titles group by person
),
run as (
  select person, years & ~(years + 1) as years from held where years & 7 = 7
)
select run.person from run
where exists (
  select 1 from initiatives i where i.person = run.person and (run.years >> (2025 - i.year)) & 1 = 1
)
and not exists (
  select 1 from disciplines d
  where d.person = run.person and d.from_year <= 2025 and (
    (run.years >> (2025 - d.from_year)) & 1 = 1
    or (run.years >> (2025 - {least:d.to_year, 2025})) & 1 = 1
  )
)
