phrases! {
    "checkpoint":
    checkpoint_title(origin, size, at);
    checkpoint_keep();
    checkpoint_key(vkey);
    checkpoint_in_file();
    log_broken();
    unreached(member);
    removed(organisation);
    tables_falsified();
    handler_keys_changed(proposed, agreed);
}
