use super::*;

#[test]
fn switches_are_compared_with_the_configuration() {
    let said = |wanted, flags| {
        let mut lines = Lines::default();
        intents(wanted, flags, &mut lines);
        lines.to_string()
    };
    insta::assert_snapshot!(said(true, 0), @r#"
    FAIL  Server Members Intent: off, but discord.members_intent is true: Discord would refuse the bot (4014)
          fix: switch it on (https://discord.com/developers/applications, Bot, Privileged Gateway Intents), or set members_intent to false and name people in people_file
    ok    Message Content Intent: off: the bot reads no other messages

    errors: 1, warnings: 0, ok: 1
    "#);
    insta::assert_snapshot!(said(false, 1 << 15 | 1 << 19), @r#"
    warn  Server Members Intent: on, but discord.members_intent is false
          fix: switch it off (https://discord.com/developers/applications, Bot, Privileged Gateway Intents): the bot does not need it
    warn  Message Content Intent: on, but the bot never needs it
          fix: switch it off (https://discord.com/developers/applications, Bot, Privileged Gateway Intents): people should not have to trust that nobody reads along

    errors: 0, warnings: 2, ok: 0
    "#);
}
