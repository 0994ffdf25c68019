-- one row per run and milestone that its latest attempt reached, with the turns that were aimed at
select
    event.run_id,
    event.attempt,
    event.data ->> 'milestone' as milestone,
    event.data ->> 'description' as description,
    event.turn,
    event.frame,
    (event.data ->> 'presses')::bigint as presses,
    (event.data ->> 'seconds')::double as seconds,
    target.low,
    target.medium,
    target.high,
    case
        when event.turn <= target.high then 'high'
        when event.turn <= target.medium then 'medium'
        when event.turn <= target.low then 'low'
    end as target_met,
    event.occurred_at
from raw.game_events as event
inner join marts.runs using (run_id, attempt)
left join milestone_targets as target on target.milestone = event.data ->> 'milestone'
where event.event_type = 'milestone'
order by event.run_id, event.seq
