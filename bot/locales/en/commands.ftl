# Names and descriptions that Discord shows: names lower case, descriptions at most 100 characters.

command-pending = pending
command-pending-about = Your open questions, with their buttons
command-record = record
command-record-about = Your own answers so far; only you see the reply
command-streaks = streaks
command-streaks-about = Who answers on time, for the programme owner; only you see the reply
command-streaks-member = member
command-streaks-member-about = Only this person
command-away = away
command-away-about = Enter an absence, so that questions wait; without dates, see what is entered
command-away-from = from
command-away-from-about = First day away, such as 2026-12-21
command-away-to = to
command-away-to-about = Last day away, such as 2027-01-03
command-away-member = member
command-away-member-about = Somebody else's absence, for the programme owner
