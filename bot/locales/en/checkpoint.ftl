# Published checkpoints of the evidence log, in the evidence channel.

checkpoint-title = **Evidence log { $origin }**: { $size } entries, { $at }
checkpoint-keep = The attached file is this checkpoint, byte for byte. Keep a copy: it can show later that no entry before it was changed or removed.
checkpoint-key = The key that checks it, the verifier key, is posted only once. Keep it where nobody here can change it: { $vkey }
checkpoint-in-file = The checkpoint is in the attached file.

# The weekly check of the whole log found something wrong; to the owners.
log-broken = **Something is wrong with the evidence log.** A check of the whole log found that something in it was changed after it was signed. Until this is fixed nothing more is signed, so no answer can be recorded. Please ask the operator to leave the database as it is and to run `bellwether evidence verify`, which shows where.
tables-falsified = **What commands show does not match the evidence log.** A check of the tables against the log found rows that were changed outside the bot. The log itself is intact, and answers are recorded as before. But do not rely on `/streaks` and `/record` until this is fixed. Please ask the operator to run `bellwether evidence verify`, which names each row.

# To an owner alone.
unreached = { $member } has not been reached for two weeks: no question could be delivered. Usually the person has switched off direct messages from this server, or blocked the bot. Please talk to them. You are told this only once; `/streaks` with `member` shows how many questions did not arrive.
removed = The bot was removed from the server “{ $organisation }”. Nobody there is asked any more, and concerns cannot be raised there. If that was a mistake, please ask the operator to invite the bot again. What was recorded is kept.

# The keys that concerns are sealed to have changed; to everybody, followed by a line for each holder.
handler-keys-changed = **The keys for concerns have changed.** { $proposed } proposed it, { $agreed } agreed. From now on a new concern can be opened by these people and nobody else. The evidence log holds the full keys:
