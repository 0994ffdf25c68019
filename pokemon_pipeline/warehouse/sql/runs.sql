-- one row per run: its latest attempt
with latest as (
    select *
    from raw.game_events
    qualify attempt = max(attempt) over (partition by run_id)
),

started as (
    select
        run_id,
        data ->> 'cartridge_sha1' as cartridge_sha1,
        data ->> 'cartridge_title' as cartridge_title,
        data ->> 'strategy' as strategy,
        coalesce((data ->> 'seed')::bigint, 0) as seed,
        data ->> 'agent_version' as agent_version
    from latest
    where event_type = 'session' and data ->> 'phase' = 'start'
    qualify row_number() over (partition by run_id order by seq) = 1
),

ended as (
    select
        run_id,
        data ->> 'reason' as reason,
        (data ->> 'presses')::bigint as presses,
        (data ->> 'intro_presses')::bigint as intro_presses,
        (data ->> 'battles_won')::bigint as battles_won,
        (data ->> 'maps_visited')::bigint as maps_visited,
        data ->> 'wram_hash' as wram_hash
    from latest
    where event_type = 'session' and data ->> 'phase' = 'end'
    qualify row_number() over (partition by run_id order by seq desc) = 1
),

seen as (
    select
        run_id,
        max(attempt) as attempt,
        min(occurred_at) as started_at,
        max(occurred_at) as last_event_at,
        count(*) as events,
        max(turn) as turns,
        arg_max(frame, seq) as frames,
        count(*) filter (event_type = 'milestone') as milestones,
        count(*) filter (event_type = 'stuck') as stuck_events,
        count(*) filter (event_type = 'backtrack') as backtracks,
        count(*) filter (event_type = 'encounter') as encounters
    from latest
    group by run_id
),

place as (
    select
        run_id,
        arg_max((data ->> 'map_id')::bigint, seq) as map_id,
        arg_max((data -> 'position' ->> 'x')::bigint, seq) as x,
        arg_max((data -> 'position' ->> 'y')::bigint, seq) as y,
        arg_max((data ->> 'badge_count')::bigint, seq) as badges,
        arg_max((data ->> 'party_count')::bigint, seq) as party_count
    from latest
    where event_type = 'overworld'
    group by run_id
)

select
    seen.run_id,
    seen.attempt,
    started.strategy,
    started.seed,
    ended.run_id is not null as finished,
    ended.reason,
    seen.started_at,
    seen.last_event_at,
    epoch(seen.last_event_at - seen.started_at) as wall_seconds,
    seen.turns,
    seen.frames,
    round(seen.frames * 70224 / 4194304, 2) as game_seconds,
    coalesce(ended.presses, 0) as presses,
    coalesce(ended.intro_presses, 0) as intro_presses,
    seen.milestones,
    coalesce(ended.battles_won, 0) as battles_won,
    coalesce(ended.maps_visited, 0) as maps_visited,
    seen.encounters,
    seen.stuck_events,
    seen.backtracks,
    place.map_id,
    place.x,
    place.y,
    place.badges,
    place.party_count,
    seen.events,
    ended.wram_hash,
    started.cartridge_title,
    started.cartridge_sha1,
    started.agent_version
from seen
left join started using (run_id)
left join ended using (run_id)
left join place using (run_id)
order by seen.run_id
