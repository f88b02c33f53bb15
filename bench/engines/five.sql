-- Five honours on 2026-03-15. A year is a bit, the last one the lowest; `years & ~(years + 1)` keeps the years in a
-- row up to the last. Codes as in `export.rs`: {day} is the day; kinds 0 cong-trang; groups 5 cong-nhan, 7 forces.
with grade as (
  select person,
    {bits:case when grade >= 2 then cast(1 as bigint) << (2025 - year) else 0 end} as good,
    {bits:case when grade = 3 then cast(1 as bigint) << (2025 - year) else 0 end} as excellent
  from grades group by person
),
title as (
  select person,
    {bits:case when award = 0 then cast(1 as bigint) << (2025 - year) else 0 end} as base,
    {bits:case when award = 1 then cast(1 as bigint) << (2025 - year) else 0 end} as ministry,
    max(case when award = 1 then year end) as ministry_last,
    max(case when award = 1 then decided_year end) as ministry_decided
  from titles group by person
),
award as (
  select person,
    max(case when award = 0 then decided end) as bo_decided,
    max(case when award = 1 then decided end) as thu_tuong_decided,
    max(case when award = 2 then decided end) as lao_dong_decided,
    max(case when award = 0 and kind = 0 then last_year end) as bo_last,
    max(case when award = 1 and kind = 0 then last_year end) as thu_tuong_last,
    max(case when award = 2 and kind = 0 then last_year end) as lao_dong_last
  from awards group by person
),
discipline as (
  select person, max(to_year) as last_year, max(to_day) as last_day from disciplines group by person
),
held as (
  select person from holds where from_day <= {day} and to_day >= {day} group by person
),
post as (
  select person, sum(case when post = 0 then months else 0 end) as director, sum(months) as deputy
  from posts group by person
),
-- A confirmation holds until the next decision of its honour; those of the yearly titles for the year under review.
confirmed as (
  select a.person, {bits:case when value = 1 then cast(1 as bigint) << condition else 0 end} as yes,
    {bits:case when value = 0 then cast(1 as bigint) << condition else 0 end} as no
  from attested a left join award w on w.person = a.person
  where on_day <= {day} and case
    when condition <= 1 then on_day >= {year}
    when condition <= 7 then on_day > coalesce(w.bo_decided, -1)
    when condition <= 14 then on_day > coalesce(w.thu_tuong_decided, -1)
    else on_day > coalesce(w.lao_dong_decided, -1) end
  group by a.person
),
-- Nobody under a measure or with something pending; years count from the one after a measure ended.
open as (
  select p.person, p.sex, p.grp,
    coalesce(g.good, 0) as good, coalesce(g.excellent, 0) as excellent,
    coalesce(t.base, 0) as base, coalesce(t.ministry, 0) as ministry,
    coalesce(t.ministry_last, 0) as ministry_last, coalesce(t.ministry_decided, 0) as ministry_decided,
    w.bo_last, w.thu_tuong_last,
    (cast(1 as bigint) << (2025 - {least:coalesce(d.last_year, 1989), 2025})) - 1 as free,
    (cast(1 as bigint) << (2025 - coalesce(w.bo_last, 1989))) - 1 as free_bo,
    (cast(1 as bigint) << (2025 - coalesce(w.thu_tuong_last, 1989))) - 1 as free_thu_tuong,
    (cast(1 as bigint) << (2025 - coalesce(w.lao_dong_last, 1989))) - 1 as free_lao_dong,
    coalesce(c.yes, 0) as yes, coalesce(c.no, 0) as no,
    coalesce(s.director, 0) as director, coalesce(s.deputy, 0) as deputy
  from people p
  left join grade g on g.person = p.person
  left join title t on t.person = p.person
  left join award w on w.person = p.person
  left join discipline d on d.person = p.person
  left join held h on h.person = p.person
  left join confirmed c on c.person = p.person
  left join post s on s.person = p.person
  where h.person is null and coalesce(d.last_day, 0) < {day}
),
spans as (
  select *,
    base & ~(base + 1) & free as titled,
    ((base & ~(base + 1)) | (excellent & ~(excellent + 1))) & free & free_bo as merit,
    good & ~(good + 1) & free & free_thu_tuong as served,
    -- From the first year of the first cycle to the latest title of the ministry.
    case when ministry_last > 0 and (ministry >> (2025 - ministry_last)) & 8 = 8
      then (cast(63 as bigint) << (2025 - ministry_last)) & free else 0 end as cycles
  from open
),
initiative as (
  select i.person,
    max(case when scope >= 1 and (s.titled >> (2025 - year)) & 1 = 1 then 1 else 0 end) as bo,
    max(case when scope >= 2 and (s.cycles >> (2025 - year)) & 1 = 1 then 1 else 0 end) as toan_quoc,
    sum(case when sort = 0 and used = 0 and (s.merit >> (2025 - year)) & 1 = 1 then 1 else 0 end) as ideas,
    sum(case when sort = 1 and used = 0 and (s.merit >> (2025 - year)) & 1 = 1 then 1 else 0 end) as topics
  from initiatives i join spans s on s.person = i.person
  group by i.person
),
-- The years since each certificate of the Prime Minister for merit: one such choice must hold as a whole.
since as (
  select person, max(case
      when (good & years) = years and years & 31 = 31 and excellent & years <> 0 and {three:base & years}
      then 1 else 0 end) as holds
  from (
    select s.*, ((cast(1 as bigint) << (2025 - a.last_year)) - 1) & s.free & s.free_lao_dong as years
    from awards a join spans s on s.person = a.person
    where a.award = 1 and a.kind = 0
  ) chosen
  group by person
)
select s.person,
  case when s.titled & 7 = 7 and (coalesce(i.bo, 0) = 1 or (grp = 7 and yes & 1 = 1)) then 1 else 0 end as bo,
  case when s.ministry_last > 0 and (s.ministry >> (2025 - s.ministry_last)) & 8 = 8 and s.ministry_decided >= 2025
    and (coalesce(i.toan_quoc, 0) = 1 or (grp = 7 and yes & 2 = 2)) then 1 else 0 end as toan_quoc,
  case when (s.merit & 3 = 3 and (coalesce(i.ideas, 0) >= 2 or coalesce(i.topics, 0) >= 2))
    or yes & (4 + 8 + 16) <> 0 or (grp = 5 and yes & 32 = 32) or yes & 192 = 192 then 1 else 0 end as bang_khen_bo,
  case when (s.bo_last is not null and s.served & 31 = 31 and {three:s.base & s.served})
    or yes & (256 + 512 + 1024 + 2048) <> 0 or (grp = 5 and yes & (4096 + 8192 + 16384) <> 0)
    then 1 else 0 end as thu_tuong,
  case when coalesce(n.holds, 0) = 1 or yes & (32768 + 65536 + 131072 + 262144 + 524288) <> 0
    or (grp = 5 and yes & (1048576 + 2097152 + 4194304 + 8388608) <> 0)
    or (yes & (16777216 + 33554432) = 16777216 + 33554432 and case
      -- Long service: the time asked of women is a third less where that is confirmed; open, both must hold.
      when sex = 0 or no & 67108864 <> 0 then
        (director >= 72 or deputy >= 120) and director < 120 and deputy < 180
      when yes & 67108864 <> 0 then (director >= 48 or deputy >= 80) and director < 80 and deputy < 120
      else (director >= 72 or deputy >= 120) and director < 80 and deputy < 120 end)
    then 1 else 0 end as lao_dong_ba
from spans s
left join initiative i on i.person = s.person
left join since n on n.person = s.person
